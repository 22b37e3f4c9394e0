//! The officials' desk: the intake queue, a unit's work, and the acts. One verb a file turns what was
//! entered into a command body or says what is missing.

pub mod answer;
pub mod approve;
pub mod ask;
pub mod assign;
mod missing;
pub mod note;
pub mod pass_back;
mod queue;
pub mod refuse;
pub mod return_answer;
pub mod start;
mod view;
mod work;

pub use missing::Missing;
pub use queue::{PageCursor, page_name, page_view, request};
pub use view::{QueueCountsView, QueueFilter, QueuePageView, QueueTab, WorkFilter, WorkTab, WorkView};
pub use work::{approvals, work};
