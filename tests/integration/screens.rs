//! What is seen and what keys do, played through the key map, `update` and `draw`.
//! Never here: a terminal; what is written to one is in `terminal`.

mod asking;
mod batches;
mod copying;
mod exporting;
mod finding;
mod history;
mod keys;
mod linked;
mod moving;
mod palette;
mod pictures;
mod pointing;
mod profiles;
mod saving;
mod surveys;
mod ticket;
mod timeline;
mod typing;
mod unsteady;
mod viewing;
mod watching;
