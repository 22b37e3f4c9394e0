//! Exact texts of commands.

use citizen_contract::command::{
    Assign, AttachmentDeclaration, Bare, CommandBody, Credential, Envelope, OnReport, Place, Rate, Rating,
    Refuse, Submit, Urgency,
};
use citizen_contract::hash::ContentHash;
use citizen_contract::ids::{AttachmentId, CommandId, ReportId, UnitId};

use super::{OrStop as _, World};

/// A command with its text.
#[derive(Debug, Clone)]
pub struct CommandText {
    /// The id.
    pub id: CommandId,
    /// What is sent.
    pub text: String,
    envelope: Envelope,
}

impl CommandText {
    /// The same command after another one.
    pub fn after(self, before: &CommandText) -> Self {
        let after = Some(before.id);
        Self::from(Envelope { after, ..self.envelope })
    }

    /// The same command, built on a revision.
    pub fn on(self, revision: u64) -> Self {
        Self::from(Envelope { expected_revision: Some(revision), ..self.envelope })
    }

    /// The same command with files announced.
    pub fn with(self, attachments: Vec<AttachmentDeclaration>) -> Self {
        Self::from(Envelope { attachments, ..self.envelope })
    }

    /// The same command with another credential.
    pub fn anonymous(self) -> Self {
        Self::from(Envelope { credential: Credential::Anonymous, ..self.envelope })
    }
}

impl From<Envelope> for CommandText {
    fn from(envelope: Envelope) -> Self {
        let text = serde_json::to_string(&envelope).or_stop();
        Self { id: envelope.id, text, envelope }
    }
}

impl World {
    /// Any command.
    pub fn command(&self, body: CommandBody) -> CommandText {
        let envelope = Envelope {
            id: self.fresh_id(),
            credential: Credential::Account,
            after: None,
            expected_revision: None,
            created_at: self.now(),
            attachments: Vec::new(),
            body,
        };
        envelope.into()
    }

    /// A report about the commune.
    pub fn submit(&self) -> CommandText {
        self.submit_words("Ngập úng đầu ngõ 12, nước đen không thoát được")
    }

    /// A report with these words.
    pub fn submit_words(&self, words: &str) -> CommandText {
        let category = self.backend.profile.categories.first().or_stop().code.clone();
        let unit_id = Some(self.commune.clone());
        let place = Place { unit_id, words: "gần đình làng".to_owned(), position: None };
        self.command(CommandBody::Submit(Submit { category, words: words.to_owned(), place, public: true }))
    }

    /// The same report at a place in these words.
    pub fn placed(&self, command: CommandText, words: &str) -> CommandText {
        let mut envelope = command.envelope;
        if let CommandBody::Submit(submit) = &mut envelope.body {
            submit.place.words = words.to_owned();
        }
        envelope.into()
    }

    /// The office passes a report on.
    pub fn assign(&self, report_id: ReportId, unit: &UnitId) -> CommandText {
        self.command(CommandBody::Assign(Assign {
            report_id,
            unit_id: unit.clone(),
            urgency: Urgency::Normal,
            category: None,
            note: "Ưu tiên trước mùa mưa".to_owned(),
        }))
    }

    /// A command that carries nothing but words.
    pub fn words(&self, kind: &str, report_id: ReportId, words: &str) -> CommandText {
        let body = OnReport { report_id, words: words.to_owned() };
        self.command(match kind {
            "report.add_information" => CommandBody::AddInformation(body),
            "report.ask" => CommandBody::Ask(body),
            "report.pass_back" => CommandBody::PassBack(body),
            "report.note" => CommandBody::Note(body),
            "report.answer" => CommandBody::Answer(body),
            "report.return_answer" => CommandBody::ReturnAnswer(body),
            other => panic!("{other}"),
        })
    }

    /// A command without words.
    pub fn bare(&self, kind: &str, report_id: ReportId) -> CommandText {
        self.command(match kind {
            "report.start" => CommandBody::Start(Bare { report_id }),
            "report.approve" => CommandBody::Approve(Bare { report_id }),
            other => panic!("{other}"),
        })
    }

    /// The sender's verdict.
    pub fn rate(&self, report_id: ReportId, rating: Rating, words: &str) -> CommandText {
        self.command(CommandBody::Rate(Rate { report_id, rating, words: words.to_owned() }))
    }

    /// The office does not take a report in.
    pub fn refusal(&self, report_id: ReportId) -> CommandText {
        let reason = self.backend.profile.wording.refusal_reasons.first().or_stop().code.clone();
        let words = "Nội dung này thuộc đơn khiếu nại.".to_owned();
        self.command(CommandBody::Refuse(Refuse { report_id, reason, words }))
    }

    /// A photo with these bytes.
    pub fn photo(&self, bytes: &[u8]) -> AttachmentDeclaration {
        AttachmentDeclaration {
            id: AttachmentId(self.fresh_id().0),
            sha256: ContentHash::of(bytes),
            size: u64::try_from(bytes.len()).or_stop(),
            media_type: "image/jpeg".to_owned(),
            captured_at: Some(self.now()),
            captured_where: None,
        }
    }
}
