//! What a person sees and does in a window: marks, words, clicks, keys.
//!
//! A mark is a `data-testid`. Where several things carry the same one, `queue-row@TN-240001` means the
//! one that belongs to exactly that report.
//!
//! Every look waits until the thing is there; a picture or a word right after a click may be old.

use std::path::Path;
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};

use super::{AppWindow, WindowError};

/// How long a person would wait before calling it broken.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

impl AppWindow {
    /// The first thing with this mark (`data-testid`), once it is there and shown.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn see(&self, mark: &str) -> Result<Element, WindowError> {
        let selector = selector(mark);
        let looked = self.until(|| async {
            for element in self.client.find_all(Locator::Css(&selector)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        });
        self.or_tell(looked.await?, mark).await
    }

    /// The first of these marks that is there and shown.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn see_one_of<'a>(&self, marks: &[&'a str]) -> Result<&'a str, WindowError> {
        let looked = self.until(|| async {
            for mark in marks {
                for element in self.client.find_all(Locator::Css(&selector(mark))).await? {
                    if element.is_displayed().await? {
                        return Ok(Some(*mark));
                    }
                }
            }
            Ok(None)
        });
        self.or_tell(looked.await?, &marks.join(" or ")).await
    }

    /// Waits until exactly so many things with this mark are there.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn see_count(&self, mark: &str, count: usize) -> Result<(), WindowError> {
        let selector = selector(mark);
        let seen = self.until(|| async {
            Ok((self.client.find_all(Locator::Css(&selector)).await?.len() == count).then_some(()))
        });
        self.or_tell(seen.await?, &format!("{count} times {mark}")).await
    }

    /// All things with this mark that are there now.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn all(&self, mark: &str) -> Result<Vec<Element>, WindowError> {
        Ok(self.client.find_all(Locator::Css(&selector(mark))).await?)
    }

    /// Whether something with this mark is there now.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn has(&self, mark: &str) -> Result<bool, WindowError> {
        Ok(!self.all(mark).await?.is_empty())
    }

    /// Presses the thing with this mark.
    ///
    /// # Errors
    /// [`WindowError`] if it is not there in time or cannot be pressed.
    pub async fn press(&self, mark: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let pressed = self.until(|| async {
            for element in self.client.find_all(Locator::Css(&selector)).await? {
                if element.is_displayed().await? && element.is_enabled().await? {
                    return self.tap(element).await;
                }
            }
            Ok(None)
        });
        self.or_tell(pressed.await?, mark).await
    }

    /// Presses the first button, link or choice that says these words.
    ///
    /// # Errors
    /// [`WindowError`] if none is there in time or it cannot be pressed.
    pub async fn press_words(&self, words: &str) -> Result<(), WindowError> {
        let path = format!(
            "//*[self::button or self::a or self::label or self::summary or @role='button' or @role='option'][contains(normalize-space(.), {})]",
            xpath_text(words)
        );
        let pressed = self.until(|| async {
            for element in self.client.find_all(Locator::XPath(&path)).await? {
                if element.is_displayed().await? && element.is_enabled().await? {
                    return self.tap(element).await;
                }
            }
            Ok(None)
        });
        self.or_tell(pressed.await?, words).await
    }

    /// Presses the first thing with this mark that says these words.
    ///
    /// # Errors
    /// [`WindowError`] if none is there in time or it cannot be pressed.
    pub async fn press_one(&self, mark: &str, words: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let pressed = self.until(|| async {
            for element in self.client.find_all(Locator::Css(&selector)).await? {
                if element.text().await?.contains(words) && element.is_enabled().await? {
                    return self.tap(element).await;
                }
            }
            Ok(None)
        });
        self.or_tell(pressed.await?, &format!("{mark}: {words}")).await
    }

    /// Replaces the words of a field by typing.
    ///
    /// # Errors
    /// [`WindowError`] if the field is not there in time or cannot be typed into.
    pub async fn write(&self, mark: &str, words: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let written = self.until(|| async {
            for field in self.client.find_all(Locator::Css(&selector)).await? {
                if field.is_displayed().await? && field.is_enabled().await? {
                    field.clear().await?;
                    field.send_keys(words).await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        self.or_tell(written.await?, mark).await
    }

    /// Chooses an entry of a native list by its value.
    ///
    /// # Errors
    /// [`WindowError`] if the list is not there in time or has no such entry.
    pub async fn choose(&self, mark: &str, value: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let chosen = self.until(|| async {
            for list in self.client.find_all(Locator::Css(&selector)).await? {
                if list.is_displayed().await? {
                    list.select_by_value(value).await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        self.or_tell(chosen.await?, &format!("{mark}: {value}")).await
    }

    /// Gives a file to a file field, which may be hidden behind a button.
    ///
    /// # Errors
    /// [`WindowError`] if the field is not there in time or refuses the file.
    pub async fn give_file(&self, mark: &str, file: &Path) -> Result<(), WindowError> {
        let selector = selector(mark);
        let found = self.until(|| async { Ok(self.client.find_all(Locator::Css(&selector)).await?.pop()) });
        let field = self.or_tell(found.await?, mark).await?;
        Ok(field.send_keys(&file.to_string_lossy()).await?)
    }

    /// Waits until the thing with this mark says these words.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn reads(&self, mark: &str, words: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let read = self.until(|| async {
            for element in self.client.find_all(Locator::Css(&selector)).await? {
                if element.text().await?.contains(words) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        self.or_tell(read.await?, &format!("{mark}: {words}")).await
    }

    /// Waits until these words stand anywhere in the window.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn says(&self, words: &str) -> Result<(), WindowError> {
        let said = self.until(|| async { Ok(self.words().await?.contains(words).then_some(())) });
        self.or_tell(said.await?, words).await
    }

    /// Waits until the thing with this mark holds these words, which a small window may have put away.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn holds(&self, mark: &str, words: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let held = self.until(|| async {
            for element in self.client.find_all(Locator::Css(&selector)).await? {
                if element.prop("textContent").await?.is_some_and(|text| text.contains(words)) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        self.or_tell(held.await?, &format!("{mark}: {words}")).await
    }

    /// Waits until nothing with this mark is there any more.
    ///
    /// # Errors
    /// [`WindowError::NotSeen`] with all words of the window.
    pub async fn gone(&self, mark: &str) -> Result<(), WindowError> {
        let selector = selector(mark);
        let gone = self.until(|| async {
            Ok(self.client.find_all(Locator::Css(&selector)).await?.is_empty().then_some(()))
        });
        self.or_tell(gone.await?, &format!("{mark} gone")).await
    }

    /// All words that the window shows now.
    ///
    /// # Errors
    /// What WebDriver says if the window does not answer.
    pub async fn words(&self) -> Result<String, CmdError> {
        self.client.find(Locator::Css("body")).await?.text().await
    }

    /// Runs a script in the window and returns what it returns: for checks that no person makes,
    /// such as that a page may not reach another server.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the script throws.
    pub async fn script(&self, body: &str) -> Result<serde_json::Value, WindowError> {
        Ok(self.client.execute_async(body, Vec::new()).await?)
    }

    /// The device tells its programs that the network is back, as the system does.
    ///
    /// # Errors
    /// [`WindowError::Step`] if the window does not answer.
    pub async fn hears_of_network(&self) -> Result<(), WindowError> {
        let tell = "window.dispatchEvent(new Event('online')); arguments[arguments.length - 1](true);";
        self.script(tell).await.map(drop)
    }

    /// Clicks it, if nothing lies over its middle. What a bar covers is scrolled away from under it first,
    /// as a person does; the driver is content with what is in view somewhere.
    async fn tap(&self, element: Element) -> Result<Option<()>, CmdError> {
        match element.clone().click().await {
            Err(error) if is_out_of_reach(&error) => {
                let middle = "arguments[0].scrollIntoView({ block: 'center' })";
                self.client.execute(middle, vec![serde_json::to_value(&element)?]).await?;
                Ok(None)
            }
            clicked => clicked.map(Some),
        }
    }

    async fn until<T, L, F>(&self, look: L) -> Result<Option<T>, WindowError>
    where
        L: Fn() -> F,
        F: Future<Output = Result<Option<T>, CmdError>>,
    {
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            match look().await {
                Ok(Some(seen)) => return Ok(Some(seen)),
                Ok(None) => {}
                // The screen may be redrawn between two questions about one element.
                Err(error) if is_redraw(&error) => {}
                Err(error) => return Err(error.into()),
            }
            if tokio::time::Instant::now() >= end {
                return Ok(None);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn or_tell<T>(&self, seen: Option<T>, what: &str) -> Result<T, WindowError> {
        match seen {
            Some(seen) => Ok(seen),
            None => Err(WindowError::NotSeen { what: what.to_owned(), seen: self.words().await? }),
        }
    }
}

fn selector(mark: &str) -> String {
    match mark.split_once('@') {
        Some((mark, number)) => format!("[data-testid='{mark}'][data-number='{number}']"),
        None => format!("[data-testid='{mark}']"),
    }
}

fn is_out_of_reach(error: &CmdError) -> bool {
    error.is_element_not_interactable()
        || matches!(error, CmdError::Standard(told) if told.error == ErrorStatus::ElementClickIntercepted)
}

fn is_redraw(error: &CmdError) -> bool {
    error.is_stale_element_reference() || error.is_no_such_element() || is_out_of_reach(error)
}

/// Words as an XPath literal, which has no escapes.
fn xpath_text(words: &str) -> String {
    let parts: Vec<String> = words.split('\'').map(|part| format!("'{part}'")).collect();
    if parts.len() == 1 { parts.concat() } else { format!("concat({})", parts.join(", \"'\", ")) }
}
