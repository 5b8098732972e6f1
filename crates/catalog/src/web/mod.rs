//! Web servers, and the certificates that they show.

mod apache;
mod certificates;
mod nginx;

pub use apache::{Apache, ApacheConfiguration, ApacheModule, ApacheVirtualHost};
pub use certificates::{Certificate, CertificateAt, CertificateList, Certificates};
pub use nginx::{Nginx, NginxConfiguration, NginxLocation, NginxServer, NginxUpstream};
