//! Paths in Rust text that begin at the crate's root.

/// The first module named by each path from the crate's root, with its line.
///
/// `depth` is how many modules deep the file stands: that many `super` lead to
/// the root. Paths of macros and of `use` groups count; comments and strings
/// do not.
pub fn imports(text: &str, depth: usize) -> Vec<(usize, String)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match roots_at(&tokens, at, depth) {
            Some(after) => {
                first_names(&tokens, after, &mut found);
                after
            }
            None => at + 1,
        };
    }
    found
}

#[derive(Debug, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// Where a path goes on after `crate::` or enough `super::`, if one begins at `at`.
fn roots_at(tokens: &[Token], at: usize, depth: usize) -> Option<usize> {
    if is(tokens, at, "crate") && is(tokens, at + 1, "::") {
        return Some(at + 2);
    }
    let mut supers = 0;
    let mut next = at;
    while is(tokens, next, "super") && is(tokens, next + 1, "::") {
        supers += 1;
        next += 2;
    }
    // A path inside an inline module needs more; more than enough is enough.
    (supers > 0 && supers >= depth).then_some(next)
}

/// The names at the head of a path or of each member of its group.
fn first_names(tokens: &[Token], at: usize, found: &mut Vec<(usize, String)>) {
    let Some(token) = tokens.get(at) else { return };
    if token.text != "{" {
        found.push((token.line, token.text.clone()));
        return;
    }
    let mut level = 0usize;
    for index in at..tokens.len() {
        let Some(token) = tokens.get(index) else { return };
        match token.text.as_str() {
            "{" => level += 1,
            "}" => level -= 1,
            _ => {}
        }
        if level == 0 {
            return;
        }
        let heads = is(tokens, index, "{") || is(tokens, index, ",");
        if level == 1
            && heads
            && let Some(name) = tokens.get(index + 1).filter(|next| next.text != "}")
        {
            found.push((name.line, name.text.clone()));
        }
    }
}

/// Names, `::` and single signs, without comments, strings and characters.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let length = word_length(rest);
            let text = rest.get(..length).unwrap_or_default();
            if !text.trim().is_empty() {
                tokens.push(Token { line, text: text.trim_start_matches("r#").to_owned() });
            }
            length
        });
        let length = length.max(first.len_utf8());
        let (passed, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        line += passed.matches('\n').count();
        rest = after;
    }
    tokens
}

fn word_length(rest: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    if rest.starts_with("::") {
        return 2;
    }
    let raw = if rest.starts_with("r#") { 2 } else { 0 };
    let tail = rest.get(raw..).unwrap_or_default();
    let end = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
    if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { raw + end }
}

/// How long the comment, string or character at the start of the text is.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    let string = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - string.len();
    if prefix <= 1 {
        let raw = string.strip_prefix('r').unwrap_or(string);
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw.len() < string.len() && raw.get(hashes..).is_some_and(|tail| tail.starts_with('"')) {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = prefix + 1 + hashes + 1;
            let end = rest.get(start..).and_then(|tail| tail.find(&close));
            return Some(end.map_or(rest.len(), |end| start + end + close.len()));
        }
        if string.starts_with('"') {
            return Some(prefix + quoted(string, '"'));
        }
        if string.starts_with('\'') && is_character(string) {
            return Some(prefix + quoted(string, '\''));
        }
    }
    None
}

fn block_comment(rest: &str) -> usize {
    let mut level = 0usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            level += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            level -= 1;
            at += 2;
            if level == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Whether a quote begins a character and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => true,
        (Some(_), next) => next == Some('\''),
        _ => false,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return index + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
