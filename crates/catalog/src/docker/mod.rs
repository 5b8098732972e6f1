//! Containers and what they are made of.

mod containers;

pub use containers::{Container, ContainerList, Containers};
