pub struct Searcher;
