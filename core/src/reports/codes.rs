//! The codes in which screens of reports speak.

use citizen_contract::report_state::Act;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! code {
    ($($(#[$doc:meta])* enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[ts(export, export_to = "views/")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }
    )+};
}

code! {
    /// A field of the form of a new report.
    enum DraftField {
        /// The category.
        Category,
        /// The words.
        Text,
        /// The place.
        Place,
        /// The photos.
        Photos,
    }
    /// A field of an act.
    enum MissingField {
        /// The unit.
        Unit,
        /// The words.
        Text,
        /// The reason.
        Reason,
        /// A photo.
        Photo,
        /// The rating.
        Rating,
    }
    /// Which of the own reports.
    enum ReportsTab {
        /// Those in which something can still happen.
        Open,
        /// The others.
        Done,
    }
    /// What happened, or what is waited for.
    enum StepCode {
        /// See [`citizen_contract::report_state::Act`] for this and the following.
        Submit,
        /// Information was added.
        AddInformation,
        /// Rated as good enough.
        RateDone,
        /// Rated as unresolved.
        RateUnresolved,
        /// The office asked.
        Ask,
        /// Passed to a unit.
        Assign,
        /// The unit started.
        Start,
        /// The unit gave it back.
        PassBack,
        /// An answer was proposed.
        Answer,
        /// The answer was published.
        Approve,
        /// The answer was returned.
        ReturnAnswer,
        /// Not taken in.
        Refuse,
        /// The sender's rating is awaited.
        AwaitRating,
        /// The sender's information is awaited.
        AwaitInformation,
        /// The office is to take it in.
        AwaitIntake,
        /// The unit is to answer.
        AwaitAnswer,
    }
    /// Where a step stands in time.
    enum StepPhase {
        /// Done.
        Past,
        /// Going on.
        Now,
        /// To come.
        Next,
    }
    /// An act that is offered.
    enum ActCode {
        /// The sender adds information.
        AddInformation,
        /// The sender rates.
        Rate,
        /// The office asks.
        Ask,
        /// The office assigns.
        Assign,
        /// The unit starts.
        Start,
        /// The unit gives back.
        PassBack,
        /// A note.
        Note,
        /// The unit answers.
        Answer,
        /// The approver approves.
        Approve,
        /// The approver returns the answer.
        ReturnAnswer,
        /// The office refuses.
        Refuse,
    }
    /// Why a unit is suggested.
    enum SuggestionWhy {
        /// The place lies in it.
        OwnArea,
        /// It handles the category.
        Category,
    }
}

impl StepCode {
    /// The step that an act makes; a note is none.
    #[must_use]
    pub fn of(act: Act) -> Option<Self> {
        Some(match act {
            Act::Submit => Self::Submit,
            Act::AddInformation => Self::AddInformation,
            Act::RateDone => Self::RateDone,
            Act::RateUnresolved => Self::RateUnresolved,
            Act::Ask => Self::Ask,
            Act::Assign => Self::Assign,
            Act::Start => Self::Start,
            Act::PassBack => Self::PassBack,
            Act::Note => return None,
            Act::Answer => Self::Answer,
            Act::Approve => Self::Approve,
            Act::ReturnAnswer => Self::ReturnAnswer,
            Act::Refuse => Self::Refuse,
        })
    }
}

impl ActCode {
    /// The offer of an act; submitting is none.
    #[must_use]
    pub fn of(act: Act) -> Option<Self> {
        Some(match act {
            Act::Submit => return None,
            Act::AddInformation => Self::AddInformation,
            Act::RateDone | Act::RateUnresolved => Self::Rate,
            Act::Ask => Self::Ask,
            Act::Assign => Self::Assign,
            Act::Start => Self::Start,
            Act::PassBack => Self::PassBack,
            Act::Note => Self::Note,
            Act::Answer => Self::Answer,
            Act::Approve => Self::Approve,
            Act::ReturnAnswer => Self::ReturnAnswer,
            Act::Refuse => Self::Refuse,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(code: impl Serialize) -> String {
        serde_json::to_value(code).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn steps_and_offers_carry_the_words_of_the_acts_that_both_sides_know() {
        for act in Act::ALL {
            assert_eq!(StepCode::of(act).map(word), Some(word(act)).filter(|_| act != Act::Note), "{act:?}");
            let offered = match act {
                Act::Submit => None,
                Act::RateDone | Act::RateUnresolved => Some("rate".to_owned()),
                other => Some(word(other)),
            };
            assert_eq!(ActCode::of(act).map(word), offered, "{act:?}");
        }
    }
}
