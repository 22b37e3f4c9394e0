//! Taking out of XML what Android 10 does not know.

/// The list in the tree.
const LIST: &str = include_str!("newer.txt");

/// Names that came later.
#[derive(Debug, Default)]
pub struct Newer {
    attributes: Vec<String>,
    elements: Vec<String>,
}

impl Newer {
    /// The list.
    pub fn read() -> Result<Self, String> {
        let mut newer = Self::default();
        for line in LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.split(' ').collect::<Vec<_>>().as_slice() {
                ["attribute", name, level] if level.parse::<u32>().is_ok() => {
                    newer.attributes.push((*name).to_owned());
                }
                ["element", name, level] if level.parse::<u32>().is_ok() => {
                    newer.elements.push((*name).to_owned());
                }
                _ => return Err(format!("newer.txt: `{line}` is not `attribute NAME LEVEL`.")),
            }
        }
        Ok(newer)
    }

    /// The text without them. Line breaks stay, so that an error names the right line.
    pub fn without(&self, xml: &str) -> String {
        let mut text = without_comments(xml);
        for name in &self.elements {
            text = cut(&text, &format!("<{name}>"), &format!("</{name}>"));
        }
        for name in &self.attributes {
            text = cut(&text, &format!("<item name=\"android:{name}\""), "</item>");
            text = cut_attribute(&text, &format!(" android:{name}=\""));
        }
        text
    }
}

/// Comments may hold what looks like a tag.
pub fn without_comments(xml: &str) -> String {
    cut(xml, "<!--", "-->")
}

/// Cuts everything from `from` to the next `to`, both included.
fn cut(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once(from) {
        let Some((inside, behind)) = after.split_once(to) else { break };
        kept.push_str(before);
        kept.extend(inside.chars().filter(|letter| *letter == '\n'));
        rest = behind;
    }
    kept + rest
}

/// Attributes stand on lines of their own or one after the other.
fn cut_attribute(text: &str, beginning: &str) -> String {
    cut(text, beginning, "\"")
}

#[cfg(test)]
mod tests {
    use super::Newer;

    #[test]
    fn only_what_is_newer_goes_and_lines_stay() {
        let xml = "<manifest>\n <!-- <queries> of\n others -->\n <queries>\n  <package/>\n </queries>\n <application\n  \
                   android:localeConfig=\"@xml/l\"\n  android:icon=\"@mipmap/i\"/>\n</manifest>\n";
        let cut = Newer::read().unwrap().without(xml);
        assert_eq!(cut.lines().count(), xml.lines().count());
        assert!(!cut.contains("queries") && !cut.contains("localeConfig"), "{cut}");
        assert!(cut.contains("android:icon"), "{cut}");
    }

    #[test]
    fn items_of_themes_go_whole_and_those_of_libraries_stay() {
        let item = |name: &str| format!("<item name=\"{name}\">@color/x</item>");
        let xml = item("android:windowSplashScreenBackground") + &item("windowSplashScreenBackground");
        assert_eq!(Newer::read().unwrap().without(&xml), item("windowSplashScreenBackground"));
    }
}
