//! Drops files on a window of an X display, as a file manager does (the XDND protocol, version 5):
//! `drop-files WINDOW HELD_SECONDS FILE…`. The files are held over the window for a while, so that one can look.
//! It fails when the window does not take them.

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    linux::drop_files()
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::error::Error;
    use std::fmt::Write as _;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    use x11rb::connection::Connection as _;
    use x11rb::protocol::Event;
    use x11rb::protocol::xproto::{
        Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
        SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
    };
    use x11rb::rust_connection::RustConnection;
    use x11rb::wrapper::ConnectionExt as _;
    use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

    x11rb::atom_manager! {
        Atoms: AtomsCookie {
            XdndAware,
            XdndEnter,
            XdndPosition,
            XdndStatus,
            XdndDrop,
            XdndFinished,
            XdndSelection,
            XdndActionCopy,
            UriList: b"text/uri-list",
        }
    }

    /// How long the window may take for an answer.
    const PATIENCE: Duration = Duration::from_secs(20);

    pub(super) fn drop_files() -> Result<(), Box<dyn Error>> {
        let mut arguments = std::env::args().skip(1);
        let target: Window = arguments.next().ok_or("which window?")?.parse()?;
        let held = Duration::from_secs_f32(arguments.next().ok_or("for how long?")?.parse()?);
        let uris: String = arguments.map(|file| PathBuf::from(file).canonicalize().map(|path| uri(&path))).collect::<Result<_, _>>()?;
        let (connection, screen) = x11rb::connect(None)?;
        let atoms = Atoms::new(&connection)?.reply()?;
        let source = own_window(&connection, screen, &atoms)?;
        let drag = Drag { connection, atoms, source, target, uris };
        drag.hold(held)?;
        drag.release()
    }

    /// `file:///…` with everything but plain letters written as percents.
    fn uri(path: &Path) -> String {
        let mut uri = String::from("file://");
        for byte in path.to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        uri + "\r\n"
    }

    /// A window of our own that is never shown; it owns what is dragged.
    fn own_window(connection: &RustConnection, screen: usize, atoms: &Atoms) -> Result<Window, Box<dyn Error>> {
        let source = connection.generate_id()?;
        let root = connection.setup().roots.get(screen).ok_or("the display has no screen")?.root;
        let (class, aux) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
        connection.create_window(COPY_DEPTH_FROM_PARENT, source, root, 0, 0, 1, 1, 0, class, COPY_FROM_PARENT, &aux)?;
        connection.set_selection_owner(source, atoms.XdndSelection, CURRENT_TIME)?;
        Ok(source)
    }

    struct Drag {
        connection: RustConnection,
        atoms: Atoms,
        source: Window,
        target: Window,
        uris: String,
    }

    impl Drag {
        /// Brings the files over the middle of the window and keeps them there.
        fn hold(&self, held: Duration) -> Result<(), Box<dyn Error>> {
            let aware = self.connection.get_property(false, self.target, self.atoms.XdndAware, AtomEnum::ATOM, 0, 1)?.reply()?;
            let version = aware.value32().and_then(|mut values| values.next()).ok_or("the window takes no files")?;
            self.send(self.atoms.XdndEnter, [self.source, version.min(5) << 24, self.atoms.UriList, 0, 0])?;
            let geometry = self.connection.get_geometry(self.target)?.reply()?;
            let root = self.connection.translate_coordinates(self.target, geometry.root, 0, 0)?.reply()?;
            let middle = |edge: i16, length: u16| u32::from(edge.unsigned_abs()) + u32::from(length / 2);
            let place = middle(root.dst_x, geometry.width) << 16 | middle(root.dst_y, geometry.height);
            self.send(self.atoms.XdndPosition, [self.source, 0, place, CURRENT_TIME, self.atoms.XdndActionCopy])?;
            let (mut accepted, mut told) = (false, false);
            self.serve(PATIENCE, |event| {
                match event {
                    Event::ClientMessage(message) if message.type_ == self.atoms.XdndStatus => {
                        accepted = message.data.as_data32().get(1).is_some_and(|flags| flags & 1 == 1);
                    }
                    Event::SelectionRequest(_) => told = true,
                    _ => {}
                }
                accepted && told
            })?
            .ok_or("the window does not want the files")?;
            // Whatever else it asks for meanwhile is answered.
            self.serve(held, |_| false)?;
            Ok(())
        }

        fn release(&self) -> Result<(), Box<dyn Error>> {
            self.send(self.atoms.XdndDrop, [self.source, 0, CURRENT_TIME, 0, 0])?;
            let finished = |event: &Event| matches!(event, Event::ClientMessage(message) if message.type_ == self.atoms.XdndFinished);
            self.serve(PATIENCE, finished)?.ok_or("the window did not say that it took the files")?;
            Ok(())
        }

        /// Answers what the window asks until `done` or the time is over (`None`).
        fn serve(&self, most: Duration, mut done: impl FnMut(&Event) -> bool) -> Result<Option<()>, Box<dyn Error>> {
            let end = Instant::now() + most;
            while Instant::now() < end {
                let Some(event) = self.connection.poll_for_event()? else {
                    std::thread::sleep(Duration::from_millis(5));
                    continue;
                };
                if let Event::SelectionRequest(request) = &event {
                    self.tell(request)?;
                }
                if done(&event) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        }

        /// Tells the window which files there are.
        fn tell(&self, request: &SelectionRequestEvent) -> Result<(), Box<dyn Error>> {
            let property = self.connection.change_property8(
                PropMode::REPLACE,
                request.requestor,
                request.property,
                self.atoms.UriList,
                self.uris.as_bytes(),
            );
            property?.check()?;
            let answer = SelectionNotifyEvent {
                response_type: SELECTION_NOTIFY_EVENT,
                sequence: 0,
                time: request.time,
                requestor: request.requestor,
                selection: request.selection,
                target: request.target,
                property: request.property,
            };
            self.connection.send_event(false, request.requestor, EventMask::NO_EVENT, answer)?;
            self.connection.flush()?;
            Ok(())
        }

        fn send(&self, kind: Atom, data: [u32; 5]) -> Result<(), Box<dyn Error>> {
            let message = ClientMessageEvent::new(32, self.target, kind, data);
            self.connection.send_event(false, self.target, EventMask::NO_EVENT, message)?;
            self.connection.flush()?;
            Ok(())
        }
    }
}
