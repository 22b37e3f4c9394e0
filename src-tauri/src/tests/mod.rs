//! What belongs to no single file of the shell.

mod phone_files;
