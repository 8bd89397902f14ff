//! How long tuples may be that stand for the fields of a struct or the variants of a union.

/// Calls a macro once for each length of tuple from one to 64, with a type, a second one and a name for each place.
///
/// Longer lists go another way, which costs a compiler more: `wide` in [`object!`](crate::object!) and
/// [`union!`](crate::union!).
macro_rules! arities {
    ($each:ident) => {
        arities! { $each [(A1 F1 a1)]
            (A2 F2 a2) (A3 F3 a3) (A4 F4 a4) (A5 F5 a5) (A6 F6 a6) (A7 F7 a7) (A8 F8 a8)
            (A9 F9 a9) (A10 F10 a10) (A11 F11 a11) (A12 F12 a12) (A13 F13 a13) (A14 F14 a14)
            (A15 F15 a15) (A16 F16 a16) (A17 F17 a17) (A18 F18 a18) (A19 F19 a19) (A20 F20 a20)
            (A21 F21 a21) (A22 F22 a22) (A23 F23 a23) (A24 F24 a24) (A25 F25 a25) (A26 F26 a26)
            (A27 F27 a27) (A28 F28 a28) (A29 F29 a29) (A30 F30 a30) (A31 F31 a31) (A32 F32 a32)
            (A33 F33 a33) (A34 F34 a34) (A35 F35 a35) (A36 F36 a36) (A37 F37 a37) (A38 F38 a38)
            (A39 F39 a39) (A40 F40 a40) (A41 F41 a41) (A42 F42 a42) (A43 F43 a43) (A44 F44 a44)
            (A45 F45 a45) (A46 F46 a46) (A47 F47 a47) (A48 F48 a48) (A49 F49 a49) (A50 F50 a50)
            (A51 F51 a51) (A52 F52 a52) (A53 F53 a53) (A54 F54 a54) (A55 F55 a55) (A56 F56 a56)
            (A57 F57 a57) (A58 F58 a58) (A59 F59 a59) (A60 F60 a60) (A61 F61 a61) (A62 F62 a62)
            (A63 F63 a63) (A64 F64 a64)
        }
    };
    ($each:ident [$($done:tt)*]) => {
        $each!($($done)*);
    };
    ($each:ident [$($done:tt)*] $next:tt $($more:tt)*) => {
        $each!($($done)*);
        arities!($each [$($done)* $next] $($more)*);
    };
}

pub(super) use arities;
