//! What a device may tell while the app is not in front. A notice says that there is news, never whose or what:
//! it is read on locked screens.

use std::collections::BTreeMap;

use citizen_contract::documents::ReportDocument;
use citizen_contract::report_state::ReportState;

use super::settings::Language;
use super::{App, AppError};
use crate::outbox::settings;
use crate::reports;
use crate::store::{StoreError, off_thread};
use crate::sync::documents;

/// Under which name it is kept what the person may know of already.
const KNOWN: &str = "notices.known";

/// What is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// A report is not taken in.
    Refused,
    /// There is an answer.
    Answer,
    /// The office asks the sender; nothing goes on before they reply.
    Question,
}

impl News {
    /// What only a reply or a look of the person moves on; other steps are seen when the app is opened.
    fn of(state: ReportState) -> Option<Self> {
        match state {
            ReportState::NeedsInformation => Some(Self::Question),
            ReportState::Answered => Some(Self::Answer),
            ReportState::Refused => Some(Self::Refused),
            _ => None,
        }
    }

    /// The line that is shown.
    #[must_use]
    pub fn line(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Vi, Self::Question) => "Cán bộ hỏi thêm về phản ánh của bạn.",
            (Language::Vi, Self::Answer) => "Phản ánh của bạn đã có trả lời.",
            (Language::Vi, Self::Refused) => "Có tin mới về phản ánh của bạn.",
            (Language::En, Self::Question) => "The office asks about your report.",
            (Language::En, Self::Answer) => "Your report has an answer.",
            (Language::En, Self::Refused) => "There is news about your report.",
        }
    }
}

type Known = BTreeMap<String, ReportState>;

impl App {
    /// What has changed since this was asked last, the most pressing first. Ask it also while the person
    /// looks, so that what they have seen is no news later.
    ///
    /// # Errors
    /// [`AppError`] if the store fails.
    pub async fn news(&self) -> Result<Option<News>, AppError> {
        let active = self.active();
        if active.session.is_none() {
            return Ok(None);
        }
        let store = active.store.clone();
        let read = off_thread(move || {
            let own: Vec<ReportDocument> = documents::list(&store.cache, "account:", reports::KIND, "")?;
            let now: Known =
                own.iter().filter(|it| it.mine).map(|it| (it.id.to_string(), it.state)).collect();
            let kept = settings::get(&store.outbox, KNOWN)?;
            let known = kept.and_then(|text| serde_json::from_str::<Known>(&text).ok());
            if known.as_ref() != Some(&now) {
                let text = serde_json::to_string(&now).map_err(StoreError::from)?;
                settings::set(&store.outbox, KNOWN, &text)?;
            }
            Ok::<_, StoreError>(known.and_then(|known| newest(&known, &now)))
        });
        Ok(read.await?)
    }
}

/// On a device that has just signed in everything is new, so that nothing is.
fn newest(known: &Known, now: &Known) -> Option<News> {
    let changed = now.iter().filter(|(id, state)| known.get(*id) != Some(state));
    changed.filter_map(|(_, state)| News::of(*state)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states<const N: usize>(list: [(&str, ReportState); N]) -> Known {
        list.into_iter().map(|(id, state)| (id.to_owned(), state)).collect()
    }

    #[test]
    fn only_what_concerns_the_person_is_news_and_only_once() {
        let before = states([("a", ReportState::Received), ("b", ReportState::Assigned)]);
        let taken = states([("a", ReportState::Assigned), ("b", ReportState::InProgress)]);
        assert_eq!(newest(&before, &taken), None);
        let answered = states([("a", ReportState::Answered), ("b", ReportState::NeedsInformation)]);
        assert_eq!(newest(&taken, &answered), Some(News::Question));
        assert_eq!(newest(&answered, &answered), None);
        let asked_again = states([("a", ReportState::Answered), ("b", ReportState::InProgress)]);
        assert_eq!(newest(&asked_again, &answered), Some(News::Question));
    }

    #[test]
    fn a_line_names_no_report() {
        for news in [News::Question, News::Answer, News::Refused] {
            for language in [Language::Vi, Language::En] {
                let line = news.line(language);
                assert!(!line.contains('{') && !line.chars().any(|it| it.is_ascii_digit()), "{line}");
            }
        }
    }
}
