//! The mock server as a test sees it.

use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use super::answer::{Mocked, MockedClient, credential};
use super::expecting::Expecting;
use super::received::Received;
use super::report::Report;
use super::route::Route;
use super::serve::accept;
use super::state::State;
use crate::api::Credential;
use crate::client::Builder;
use crate::op::Operation;
use crate::{RateLimits, Token};

/// What the handles of a mock server share.
#[derive(Clone, Debug)]
pub struct Core {
    state: Arc<State>,
}

impl Core {
    /// What a test expects of an operation.
    pub fn expect<E: Mocked>(&self) -> Expecting<E> {
        Expecting::new(self.state.clone())
    }
}

/// A mock server of an API, on a port of its own of the loopback interface.
///
/// It runs on the Tokio runtime that it was started on, and stops when it is dropped; any number of
/// them can run at the same time. Dropping doesn't fail a test: call [`verify`](Self::verify). What
/// it would have said is written to standard error when it was never called.
///
/// What this type has is found on the generated `Mock` of an API; where a tag of the document hides
/// one of the methods, `(*mock).calls()` is the one meant here.
#[must_use = "the server stops when it is dropped"]
pub struct Server<C> {
    core: Core,
    address: SocketAddr,
    task: AbortHandle,
    client: PhantomData<fn() -> C>,
}

impl<C: MockedClient> Server<C> {
    /// Starts a server that answers these operations.
    ///
    /// # Errors
    ///
    /// There is no port to be had.
    ///
    /// # Panics
    ///
    /// When it is called outside of a Tokio runtime that has its I/O and time enabled.
    pub async fn start(groups: &[&'static [Route]]) -> std::io::Result<Self> {
        let state = Arc::new(State::new(C::API, groups));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, state.clone())).abort_handle();
        Ok(Self { core: Core { state }, address, task, client: PhantomData })
    }

    /// The settings of a client of this server: its address, a credential for each security scheme,
    /// and none of the document's rate limits.
    pub fn builder(&self) -> C::Builder {
        C::of_builder(self.settings())
    }

    /// A client of this server, with the settings of [`builder`](Self::builder).
    ///
    /// # Panics
    ///
    /// When there is no transport: this crate's feature `hyper` is off. Then set one on
    /// [`builder`](Self::builder).
    #[track_caller]
    #[allow(clippy::panic, reason = "this is called in tests, which fail by panics")]
    pub fn client(&self) -> C {
        match self.settings().build() {
            Ok(core) => C::of_core(core),
            Err(error) => panic!("no client of the mock server can be built: {error}"),
        }
    }

    fn settings(&self) -> Builder {
        let builder = Builder::new(C::API).base_url(self.url()).rate_limits(RateLimits::none());
        C::API.schemes.iter().enumerate().fold(builder, |builder, (index, scheme)| {
            let token = match scheme.credential {
                Credential::Transport => return builder,
                Credential::Basic => Token::basic("mock", credential()),
                _ => Token::from(credential()),
            };
            builder.credential(index, token)
        })
    }
}

impl<C> Server<C> {
    /// The server's address, to give to a client as its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The server's address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the handles share.
    #[doc(hidden)]
    pub fn core(&self) -> &Core {
        &self.core
    }

    /// The operations that it answers.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> {
        self.core.state.routes.iter().map(|route| route.operation())
    }

    /// From now on calls of operations without expectations are problems, too, in place of being
    /// answered by the document's examples.
    pub fn strict(&self) -> &Self {
        self.core.state.is_strict.store(true, Ordering::Release);
        self
    }

    /// The requests so far, in the order in which they came in, those that were refused included.
    pub fn calls(&self) -> Vec<Arc<Received>> {
        self.core.state.lock().calls.clone()
    }

    /// Whether everything went as expected: no request broke the document, each call was answered,
    /// and each expectation was met as often as its `times` says.
    ///
    /// # Errors
    ///
    /// A [`Report`] of what went otherwise.
    pub fn verify(&self) -> Result<(), Report> {
        self.core.state.report()
    }
}

impl<C> Drop for Server<C> {
    fn drop(&mut self) {
        self.task.abort();
        let state = &self.core.state;
        if !state.is_verified.load(Ordering::Acquire)
            && let Err(report) = state.report()
        {
            eprintln!("{report}");
        }
    }
}

impl<C> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = self.core.state.api.name;
        f.debug_struct("Server").field("api", &api).field("address", &self.address).finish()
    }
}
