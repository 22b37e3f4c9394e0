//! Units, categories, reasons and templates that people choose from.

mod view;

pub use view::{
    CatalogueView, CategoryView, ReasonView, TemplateKind, TemplateView, UnitChoiceKind, UnitView, choices,
};
