//! Web servers, and the certificates that they show.

mod apache;
mod caddy;
mod certbot;
mod certificates;
mod nginx;

pub use apache::{Apache, ApacheConfiguration, ApacheModule, ApacheVirtualHost};
pub use caddy::{Caddy, CaddyConfiguration, CaddyHandler, CaddyRoute, CaddyServer};
pub use certbot::{Certbot, CertbotCertificate, CertbotCertificates};
pub use certificates::{Certificate, CertificateAt, CertificateList, Certificates};
pub use nginx::{Nginx, NginxConfiguration, NginxLocation, NginxServer, NginxUpstream};
