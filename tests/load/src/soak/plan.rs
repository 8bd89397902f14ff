//! What happens in a soak, decided beforehand from a seed.
//!
//! A call and the number of its try give the fault, whatever runs beside it, so what has to come out is
//! known for each call. Nothing here knows of connections.

/// The tries that the client of a soak makes at most.
pub const ATTEMPTS: u32 = 4;

/// The size and the seed of a soak.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Number of calls.
    pub calls: usize,
    /// Calls on their way at once.
    pub concurrency: usize,
    /// Share of the tries that meet a fault: 0 to 1.
    pub faults: f64,
    /// What decides who meets which.
    pub seed: u64,
}

/// The operation of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads a list: `GET`.
    List,
    /// Removes a device: `DELETE`, which is idempotent.
    Delete,
    /// Locks a device: `POST`, which is never sent twice.
    Lock,
    /// Erases a device: `POST`, which is never sent twice.
    Erase,
}

/// What goes wrong with a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is reset before the first byte of the reply.
    ResetBefore,
    /// The connection is reset in the body.
    ResetBody,
    /// The connection is closed in the body.
    Truncated,
    /// 503.
    Busy,
    /// 503 with `Retry-After: 0`.
    BusyForNow,
    /// The reply comes late.
    Delay,
    /// The head of the reply comes piece by piece.
    SlowHead,
}

/// How a call has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Number of times that it is sent.
    pub attempts: u32,
    /// It ends with a reply, not with an error.
    pub is_ok: bool,
}

const FAULTS: [Fault; 7] = [
    Fault::ResetBefore,
    Fault::ResetBody,
    Fault::Truncated,
    Fault::Busy,
    Fault::BusyForNow,
    Fault::Delay,
    Fault::SlowHead,
];

impl Fault {
    /// The try has no use of its reply.
    pub fn fails(self) -> bool {
        !matches!(self, Self::Delay | Self::SlowHead)
    }
}

impl Kind {
    /// It may be sent again after a try whose fate is unknown.
    pub fn is_repeatable(self) -> bool {
        matches!(self, Self::List | Self::Delete)
    }
}

impl Plan {
    /// The operation of a call: of ten, six lists, a removal, two locks and an erasure.
    pub fn kind(&self, call: usize) -> Kind {
        match self.random(call, 0) % 10 {
            0..6 => Kind::List,
            6 => Kind::Delete,
            7 | 8 => Kind::Lock,
            _ => Kind::Erase,
        }
    }

    /// What goes wrong with a try, the first being 1.
    pub fn fault(&self, call: usize, attempt: u32) -> Option<Fault> {
        let random = self.random(call, attempt);
        let share = (random >> 32) as f64 / f64::from(u32::MAX);
        let fault = FAULTS[(random % FAULTS.len() as u64) as usize];
        (share < self.faults).then_some(fault)
    }

    /// How a call has to end.
    pub fn ending(&self, call: usize) -> Ending {
        let most = if self.kind(call).is_repeatable() { ATTEMPTS } else { 1 };
        let fails = |attempt: &u32| self.fault(call, *attempt).is_some_and(Fault::fails);
        let first = (1..=most).find(|attempt| !fails(attempt));
        Ending { attempts: first.unwrap_or(most), is_ok: first.is_some() }
    }

    /// SplitMix64, which needs no state.
    fn random(&self, call: usize, attempt: u32) -> u64 {
        let step = (call as u64) << 3 | u64::from(attempt);
        let mut mixed =
            self.seed.wrapping_add(step.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
