//! The life of one citizen on the server, copied out whole, and then erased without a trace.

mod copy;
mod dump;
mod erased;
mod life;
mod register;
