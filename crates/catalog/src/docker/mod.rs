//! Containers and what they are made of.

mod containers;
mod events;

pub use containers::{Container, ContainerList, Containers};
pub use events::{DockerEvent, Events};
