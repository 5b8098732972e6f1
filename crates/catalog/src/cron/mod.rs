//! What the server runs at set times by itself: the tables of cron and the queue of at.

mod at_jobs;
mod explain;
mod field;
mod next;
mod schedule;
mod system_jobs;
mod table;
mod user_jobs;

pub use at_jobs::{AtJob, AtJobList, AtJobs};
pub use schedule::{CronDays, CronSchedule};
pub use system_jobs::{AnacronJob, AnacronPeriod, SystemCronJobList, SystemJobs};
pub use table::{CronComment, CronJob, CronVariable};
pub use user_jobs::{UserCronJobList, UserCronOf, UserJobs};
