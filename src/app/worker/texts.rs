use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use super::desk::Event;
use super::wake::Wake;
use crate::text::{BlobId, CharMap, Texts};

/// A text in memory, ready to be drawn.
pub struct LoadedText {
    /// The words.
    pub text: Arc<str>,
    /// Bytes and characters.
    pub chars: CharMap,
}

/// How many bytes of texts are kept when the window no longer asks for them.
const KEPT_BYTES: usize = 32 << 20;

/// The texts the window has asked for. A view asks in every frame and draws what is there.
pub struct TextCache {
    asking: Sender<(BlobId, Arc<dyn Texts>)>,
    texts: Option<Arc<dyn Texts>>,
    held: RefCell<HashMap<BlobId, Held>>,
    /// Counts frames, to know which texts were not asked for lately.
    frame: u64,
}

enum Held {
    Asked,
    Here { text: Arc<LoadedText>, last_used: u64 },
    Missing(String),
}

impl TextCache {
    /// Starts the thread that loads texts.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: Wake) -> std::io::Result<Self> {
        let (asking, asked) = channel::<(BlobId, Arc<dyn Texts>)>();
        std::thread::Builder::new().name("texts".into()).spawn(move || {
            while let Ok((id, texts)) = asked.recv() {
                let text = texts.text(id).map_err(|error| error.to_string());
                let loaded = text.map(|text| Arc::new(LoadedText { chars: CharMap::new(&text), text }));
                wake.send(Event::Text(id, loaded));
            }
        })?;
        Ok(Self { asking, texts: None, held: RefCell::default(), frame: 0 })
    }

    /// Forgets everything and loads from another project from now on.
    pub fn set_source(&mut self, texts: Option<Arc<dyn Texts>>) {
        self.texts = texts;
        self.held.borrow_mut().clear();
    }

    /// The text named `id` if it is there; if not it is asked for, and the window is drawn again when it has come.
    pub fn get(&self, id: BlobId) -> Option<Arc<LoadedText>> {
        let mut held = self.held.borrow_mut();
        match held.get_mut(&id) {
            Some(Held::Here { text, last_used }) => {
                *last_used = self.frame;
                Some(Arc::clone(text))
            }
            Some(Held::Asked | Held::Missing(_)) => None,
            None => {
                let texts = self.texts.as_ref()?;
                if self.asking.send((id, Arc::clone(texts))).is_ok() {
                    held.insert(id, Held::Asked);
                }
                None
            }
        }
    }

    /// Why a text is not there, if it never will be.
    pub fn problem(&self, id: BlobId) -> Option<String> {
        match self.held.borrow().get(&id) {
            Some(Held::Missing(why)) => Some(why.clone()),
            _ => None,
        }
    }

    /// Takes in what the thread has loaded.
    pub fn arrived(&mut self, id: BlobId, text: Result<Arc<LoadedText>, String>) {
        let held = match text {
            Ok(text) => Held::Here { text, last_used: self.frame },
            Err(why) => Held::Missing(why),
        };
        self.held.borrow_mut().insert(id, held);
    }

    /// To be called once a frame: lets go of the texts that were not asked for longest, when there are too many.
    pub fn tidy(&mut self) {
        self.frame += 1;
        let mut held = self.held.borrow_mut();
        let mut kept: Vec<(u64, usize, BlobId)> = held
            .iter()
            .filter_map(|(id, held)| match held {
                Held::Here { text, last_used } => Some((*last_used, text.text.len(), *id)),
                Held::Asked | Held::Missing(_) => None,
            })
            .collect();
        let mut bytes: usize = kept.iter().map(|(_, bytes, _)| bytes).sum();
        if bytes <= KEPT_BYTES {
            return;
        }
        kept.sort_unstable();
        for (last_used, size, id) in kept {
            if bytes <= KEPT_BYTES || last_used + 1 >= self.frame {
                break;
            }
            held.remove(&id);
            bytes -= size;
        }
    }
}
