//! Tuples of one to twelve items: `prefixItems` (JSON Schema Core, section 10.3.1.1).

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

macro_rules! tuples {
    ($(($($type:ident $name:ident),+))*) => { $(
        impl<$($type: Decode),+> Decode for ($($type,)+) {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
                $(let mut $name: Option<$type> = None;)+
                let start = json.offset();
                json.tuple(&mut [$(&mut $name),+])?;
                match ($($name,)+) {
                    ($(Some($name),)+) => Ok(($($name,)+)),
                    _ => Err(Fault::here("array with more items", "an array", start)),
                }
            }
        }

        impl<$($type: Encode),+> Encode for ($($type,)+) {
            fn encode(&self, json: &mut Encoder<'_>) {
                let ($($name,)+) = self;
                let items: &[&dyn Encode] = &[$($name),+];
                json.list(&items);
            }
        }
    )* };
}

tuples! {
    (A a)
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, F f)
    (A a, B b, C c, D d, E e, F f, G g)
    (A a, B b, C c, D d, E e, F f, G g, H h)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l)
}
