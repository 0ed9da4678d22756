//! How the page looks: in light and dark, on paper, and with what the pointer or the focus is on.

/// Surfaces and inks, which are those of the window.
pub(super) const LIGHT: &str = "--paper:#fdfcf9;--chrome:#f4f2ed;--line:#e4e0d8;--strong:#cbc6bb;--ink:#211f1b;--second:#57534b;--third:#6a655b;--accent:#2b57a5;--lit:#c6d5ef;";
pub(super) const DARK: &str = "--paper:#201f1d;--chrome:#191816;--line:#34322e;--strong:#4b4843;--ink:#e6e2da;--second:#b3aea4;--third:#a29d93;--accent:#8db0f0;--lit:#37507f;";

/// Everything but colours. Without a script stripes stand by the share of the words before them, which is right to a line or so.
pub(super) const STYLE: &str = "*{box-sizing:border-box}html{background:var(--paper)}\
body{margin:0 auto;padding:2rem 1.5rem 5rem;max-width:70rem;color:var(--ink);font:16px/1.56 'Source Serif 4','Source Serif Pro',Georgia,serif}\
h1,h2,nav,.small,.no,.who,.m,.legend,.facts{font-family:Inter,system-ui,-apple-system,'Segoe UI',sans-serif}\
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.2rem;line-height:1.3;margin:0}h3{font-size:1.05em;margin:0}\
.small,.facts{font-size:.8rem;line-height:1.45;color:var(--second);margin:.15rem 0}\
a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}\
nav{margin:1.25rem 0;font-size:.85rem}nav ul{list-style:none;margin:.3rem 0 0;padding:0;columns:18rem;column-gap:2rem}nav li{break-inside:avoid;padding:.1rem 0}\
.n{color:var(--third);font-variant-numeric:tabular-nums}\
section{border-top:1px solid var(--strong);margin-top:2.5rem;padding-top:1.25rem}header{margin-bottom:1.25rem}\
.t{display:grid;grid-template-columns:2.25rem 6.5rem minmax(0,34rem) minmax(11rem,1fr);column-gap:.75rem;margin-bottom:.75rem}\
.no,.who{font-size:.75rem;line-height:1.56rem;text-align:right}.no{color:var(--third);font-variant-numeric:tabular-nums;scroll-margin-top:1rem}\
.who{font-weight:600;overflow-wrap:anywhere;line-height:1.3;padding-top:.28rem}.quiet .who{font-weight:400;color:var(--second)}\
.say{position:relative;margin:0;overflow-wrap:break-word}.words{white-space:pre-wrap;margin:0;font-size:inherit}.quiet .words{color:var(--second)}.item .words{padding-left:1rem}\
mark{color:var(--ink);background-color:transparent;border-radius:3px;-webkit-box-decoration-break:clone;box-decoration-break:clone}\
.at{scroll-margin-top:4rem}mark.lit,.at:target+mark{background-color:var(--lit)}\
.say i{position:absolute;width:5px;min-height:.9rem;border:2px solid;border-left:0}\
.say i.up{border-top:0}.say i.down{border-bottom:0}.say i.up::before,.say i.down::after{content:'';position:absolute;right:-2px;width:2px;height:.4rem;background:currentColor}\
.say i.up::before{top:-.4rem}.say i.down::after{bottom:-.4rem}.say i.unread{border-style:dashed}.say i.lit{width:7px;border-width:3px;margin-left:-1px}\
.m{list-style:none;margin:0;padding:0 0 0 calc(var(--w) + .75rem);font-size:.75rem;line-height:1.35}.m li{margin:.22rem 0 .3rem;padding-left:1.1em;text-indent:-1.1em}\
.m li>*{text-indent:0}.m a{font-weight:500}.m a.lit{text-decoration:underline}.m .by{color:var(--second);font-size:.7rem}.m .sign{display:inline-block;width:1.1em;text-indent:0}\
.m .memo{display:block;color:var(--second);white-space:pre-wrap;margin:.1rem 0}\
.legend ul{list-style:none;margin:.5rem 0 0;padding:0}.legend li{margin:.35rem 0;font-size:.85rem;break-inside:avoid}.legend p{margin:0 0 0 1.4em;color:var(--second);font-size:.8rem;white-space:pre-wrap}\
.legend .sign{display:inline-block;width:1.4em}\
@media screen and (max-width:60rem){.t{grid-template-columns:2.25rem minmax(0,1fr)}.who{grid-column:2;text-align:left;padding:0}.no{grid-row:1/span 3}.say{grid-column:2;margin-right:calc(var(--w) + .5rem)}.m{grid-column:2;padding-left:0}}\
@media print{html{background:none}body{padding:0;max-width:none;font-size:10pt}section{break-before:page;border:0;margin:0}.t{grid-template-columns:1.6rem 4.5rem minmax(0,1fr) 13rem}.m li,header,h2{break-inside:avoid}.no,.who,.m{font-size:7.5pt}mark,i,.sign{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// Lights a coding where the pointer or the focus is on its words, stripe or name, and lays stripes beside their lines. The page says
/// all it has to say without it.
pub(super) const SCRIPT: &str = "const by=new Map,add=(m,k,v)=>{m.has(k)?m.get(k).push(v):m.set(k,[v])};\
for(const e of document.querySelectorAll('[data-c]'))for(const c of e.dataset.c.split(' '))add(by,c,e);\
let lit=[];const light=e=>{const o=e instanceof Element&&e.closest('[data-c]');for(const x of lit)x.classList.remove('lit');\
lit=o?o.dataset.c.split(' ').flatMap(c=>by.get(c)):[];for(const x of lit)x.classList.add('lit')};\
for(const t of['pointerover','focusin'])addEventListener(t,v=>light(v.target));\
const lay=s=>{const h=s.getBoundingClientRect(),at=new Map;if(!h.height)return;\
for(const m of s.querySelectorAll('mark'))for(const c of m.dataset.c.split(' '))for(const r of m.getClientRects())add(at,c,r);\
for(const b of s.querySelectorAll('i')){const r=at.get(b.dataset.c);if(!r)continue;const t=Math.min(...r.map(x=>x.top)),u=Math.max(...r.map(x=>x.bottom));\
b.style.top=(t-h.top)/h.height*100+'%';b.style.height=(u-t)/h.height*100+'%'}};\
const seen=new IntersectionObserver(a=>{for(const x of a)if(x.isIntersecting)lay(x.target)},{rootMargin:'600px'});\
const all=document.querySelectorAll('.say');const look=()=>{for(const s of all){seen.unobserve(s);seen.observe(s)}};look();addEventListener('resize',look);";
