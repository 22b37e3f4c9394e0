//! Everything a locality decides, as data.
