//! Web servers, and the certificates that they show.

mod certificates;
mod nginx;

pub use certificates::{Certificate, CertificateAt, CertificateList, Certificates};
pub use nginx::{Nginx, NginxConfiguration, NginxLocation, NginxServer, NginxUpstream};
