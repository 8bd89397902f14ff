//! A soak: many calls at once against a server that fails some of them.
//!
//! In goes a [`Plan`], out comes a [`Report`] whose numbers are compared with what the plan says, call by
//! call. Run by the program of the crate in full, and by a test in small.

mod plan;
mod server;
mod usage;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use mdm_clients::kandji::Client;
use mdm_clients::kandji::models::{EraseDeviceRequest, LockDeviceRequest};
use tenon_runtime::{Error, Reply, RetryBudget, RetryPolicy};
use tokio::task::JoinSet;

pub use plan::{ATTEMPTS, Ending, Fault, Kind, Plan};
use server::Server;
pub use usage::Usage;

/// For so long some call has to end, else they wait for each other.
const PATIENCE: Duration = Duration::from_secs(120);

/// The most that an idle connection holds on both sides, in bytes: two buffers of hyper each, and tasks.
const CONNECTION: usize = 64 * 1024;

/// What a soak came to.
#[derive(Debug)]
pub struct Report {
    /// Calls that ended with a reply.
    pub replies: usize,
    /// Calls that ended with an error.
    pub errors: usize,
    /// Requests that the client says it has sent.
    pub sent: u64,
    /// Requests that reached the server.
    pub received: u64,
    /// Calls whose ending, tries or reply aren't as planned: the first few.
    pub wrong: Vec<String>,
    /// Before the first call, after each quarter of them with none on its way, and at the end with the
    /// client gone.
    pub usage: [Usage; 6],
}

/// What is shared by those who call.
struct Callers {
    plan: Plan,
    client: Client,
    /// By call: tries, and the lowest bit set if it ended with a reply; 0 before it ended.
    endings: Vec<AtomicU32>,
    ended: AtomicUsize,
    wrong: std::sync::Mutex<Vec<String>>,
}

/// Runs a soak. `live` gives the bytes that are allocated, `advance` is called at the end of each call.
///
/// # Errors
///
/// No server can be started, or calls don't end.
pub async fn run(plan: Plan, live: fn() -> usize, advance: fn()) -> Result<Report, io::Error> {
    // What is made once for the whole process is no growth.
    drop(client("http://127.0.0.1:9"));
    let server = Server::start(plan).await?;
    let endings = (0..plan.calls).map(|_| AtomicU32::new(0)).collect();
    let before = Usage::now(live());
    let callers = Arc::new(Callers {
        plan,
        client: client(server.url()),
        endings,
        ended: AtomicUsize::new(0),
        wrong: std::sync::Mutex::default(),
    });
    let mut usage = [before; 6];
    for quarter in 0..4 {
        let range = plan.calls * quarter / 4..plan.calls * (quarter + 1) / 4;
        call_all(&callers, range, advance).await?;
        usage[quarter + 1] = Usage::now(live());
    }
    let callers = Arc::into_inner(callers).expect("nobody calls any more");
    let Callers { client, endings, wrong, .. } = callers;
    drop(client);
    usage[5] = usage::settled(before, live).await;
    let wrong = wrong.into_inner().expect("nobody panicked");
    Ok(report(&plan, &server, &endings, wrong, usage))
}

fn client(url: &str) -> Client {
    let policy = RetryPolicy::new().attempts(ATTEMPTS).base_delay(Duration::from_millis(2));
    let builder = Client::builder().base_url(url).bearer("t0ken").retry(policy);
    // How many tries there are is up to the plan, not to how the calls of a moment fare.
    builder.retry_budget(RetryBudget::unlimited()).build().expect("a client")
}

/// Makes the calls of a range, as many at once as the plan says, and waits for their end.
async fn call_all(
    callers: &Arc<Callers>,
    range: std::ops::Range<usize>,
    advance: fn(),
) -> io::Result<()> {
    let next = Arc::new(AtomicUsize::new(range.start));
    let mut tasks = JoinSet::new();
    for _ in 0..callers.plan.concurrency {
        let (callers, next) = (callers.clone(), next.clone());
        tasks.spawn(async move {
            loop {
                let call = next.fetch_add(1, Ordering::SeqCst);
                if call >= range.end {
                    return;
                }
                callers.call(call).await;
                advance();
            }
        });
    }
    tokio::select! {
        () = async { while let Some(task) = tasks.join_next().await { task.expect("no panic") } } => Ok(()),
        () = stuck(&callers.ended) => Err(io::Error::other("calls wait for each other without end")),
    }
}

/// Ends when nothing has happened for long.
async fn stuck(ended: &AtomicUsize) {
    let mut last = usize::MAX;
    loop {
        let now = ended.load(Ordering::SeqCst);
        if now == last {
            return;
        }
        last = now;
        tokio::time::sleep(PATIENCE).await;
    }
}

impl Callers {
    async fn call(&self, call: usize) {
        let (id, devices) = (call.to_string(), self.client.device_actions());
        let ending = match self.plan.kind(call) {
            Kind::List => {
                let result = devices.get_device_commands(&id, 300).await;
                self.ending(result, call, |reply| reply.device_id.as_deref() == Some(&id))
            }
            Kind::Delete => self.ending(devices.delete_device(&id).await, call, |()| true),
            Kind::Lock => {
                let body = LockDeviceRequest::new().message("Lost");
                let pin = format!("{:06}", call % 1_000_000);
                let result = devices.lock_device(&id).body(body).await;
                self.ending(result, call, |reply| reply.pin.as_deref() == Some(&pin))
            }
            Kind::Erase => {
                let body = EraseDeviceRequest::new().pin("123456");
                self.ending(devices.erase_device(&id).body(body).await, call, |()| true)
            }
        };
        let told = ending.attempts << 1 | u32::from(ending.is_ok);
        let before = self.endings[call].swap(told, Ordering::SeqCst);
        if before != 0 {
            self.tell(format!("call {call} ended twice"));
        }
        self.ended.fetch_add(1, Ordering::SeqCst);
    }

    fn ending<T, E>(
        &self,
        result: Result<Reply<T>, Error<E>>,
        call: usize,
        is_its_own: impl FnOnce(&T) -> bool,
    ) -> Ending {
        match result {
            Ok(reply) => {
                if !is_its_own(&reply) {
                    self.tell(format!("call {call} got the reply of another"));
                }
                Ending { attempts: reply.attempts(), is_ok: true }
            }
            Err(error) => {
                if self.plan.ending(call).is_ok {
                    self.tell(format!("call {call}: {error}"));
                }
                Ending { attempts: error.attempts(), is_ok: false }
            }
        }
    }

    fn tell(&self, wrong: String) {
        let mut all = self.wrong.lock().expect("nobody panicked");
        if all.len() < 10 {
            all.push(wrong);
        }
    }
}

fn report(
    plan: &Plan,
    server: &Server,
    endings: &[AtomicU32],
    wrong: Vec<String>,
    usage: [Usage; 6],
) -> Report {
    let mut report = Report { replies: 0, errors: 0, sent: 0, received: 0, wrong, usage };
    for (call, told) in endings.iter().enumerate() {
        let told = told.load(Ordering::SeqCst);
        let ending = Ending { attempts: told >> 1, is_ok: told & 1 == 1 };
        let (tries, planned) = (server.tries(call), plan.ending(call));
        report.sent += u64::from(ending.attempts);
        report.received += u64::from(tries);
        *if ending.is_ok { &mut report.replies } else { &mut report.errors } +=
            usize::from(told != 0);
        if (ending != planned || tries != planned.attempts) && report.wrong.len() < 10 {
            let kind = plan.kind(call);
            report.wrong.push(format!(
                "call {call} ({kind:?}): {ending:?} and {tries} received, {planned:?} planned"
            ));
        }
    }
    report
}

impl Report {
    /// Asserts that every call is accounted for once, and that nothing is left behind.
    ///
    /// # Panics
    ///
    /// One isn't, or something is.
    pub fn assert(&self, plan: &Plan) {
        assert_eq!(self.wrong, Vec::<String>::new(), "{self:#?}");
        assert_eq!(self.replies + self.errors, plan.calls);
        assert_eq!(self.sent, self.received);
        let [before, _, half, _, whole, after] = self.usage;
        // None is on its way at either moment, so what differs is how many connections are idle, and
        // how full their buffers are, on both sides. Of 200 connections that is 12.5 MiB at the most:
        // a leak of 132 bytes in each of the 100,000 calls between them would show.
        let growth = whole.live.saturating_sub(half.live);
        let most = plan.concurrency * CONNECTION;
        assert!(growth < most, "{growth} bytes more after all calls than after half of them");
        assert_eq!((after.files, after.tasks), (before.files, before.tasks));
        let rest = after.live.saturating_sub(before.live);
        assert!(rest < 1 << 19, "{rest} bytes are left behind");
    }
}
