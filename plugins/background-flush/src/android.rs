//! The doors by which Android's WorkManager comes in. The app makes them with
//! [`android_doors!`](crate::android_doors), since only the last library may carry their names.

use std::path::{Path, PathBuf};

use jni::JNIEnv;
use jni::objects::{GlobalRef, JObject, JString};
pub use jni::sys::jint;
pub use jni::{self};

use crate::{Begun, Outcome, Stop, TURN};

/// Sends with no app open: opens the files of this folder, sends, closes them.
pub type FlushAlone = fn(&Path, &Stop) -> Outcome;

/// One run. Answers 1 when nothing waits any more, else 0.
pub fn flush(mut env: JNIEnv<'_>, context: &JObject<'_>, folder: &JString<'_>, alone: FlushAlone) -> jint {
    let outcome = match TURN.begin() {
        Begun::With(app) => app.flush(&Stop::default()),
        Begun::NotNow => Outcome::SomethingLeft,
        Begun::Alone(turn) => match (text(&mut env, folder), Lent::new(&env, context)) {
            (Some(folder), Some(_lent)) => alone(&folder, turn.stop()),
            _ => Outcome::SomethingLeft,
        },
    };
    jint::from(outcome == Outcome::AllSent)
}

fn text(env: &mut JNIEnv<'_>, folder: &JString<'_>) -> Option<PathBuf> {
    let text: String = env.get_string(folder).ok()?.into();
    Some(PathBuf::from(text))
}

/// Java's side, lent to the key store for one run. The window's framework lends it for good and refuses to
/// find it lent already, so it is taken back before the window may come.
struct Lent {
    /// Kept alive for as long as it is lent.
    _context: GlobalRef,
}

impl Lent {
    fn new(env: &JNIEnv<'_>, context: &JObject<'_>) -> Option<Self> {
        let context = env.new_global_ref(context).ok()?;
        let machine = env.get_java_vm().ok()?;
        // SAFETY: both pointers stay valid as long as the process and the reference beside them; `TURN` says
        // that nobody else lends meanwhile, and this is taken back when it is dropped.
        unsafe {
            ndk_context::initialize_android_context(
                machine.get_java_vm_pointer().cast(),
                context.as_obj().as_raw().cast(),
            );
        }
        Some(Self { _context: context })
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // SAFETY: it was lent in `new`, by this very value, and by nobody else.
        unsafe { ndk_context::release_android_context() };
    }
}

/// Makes the doors; `$alone` is the app's [`FlushAlone`].
#[macro_export]
macro_rules! android_doors {
    ($alone:path) => {
        const _: () = {
            use $crate::android::jni::JNIEnv;
            use $crate::android::jni::objects::{JObject, JString};

            #[unsafe(no_mangle)]
            extern "system" fn Java_vn_gov_haiphong_thuynguyen_flush_Native_flush<'a>(
                env: JNIEnv<'a>,
                _this: JObject<'a>,
                context: JObject<'a>,
                folder: JString<'a>,
            ) -> $crate::android::jint {
                $crate::android::flush(env, &context, &folder, $alone)
            }

            #[unsafe(no_mangle)]
            extern "system" fn Java_vn_gov_haiphong_thuynguyen_flush_Native_stop(
                _: JNIEnv<'_>,
                _: JObject<'_>,
            ) {
                $crate::TURN.stop();
            }

            #[unsafe(no_mangle)]
            extern "system" fn Java_vn_gov_haiphong_thuynguyen_flush_Native_opening(
                _: JNIEnv<'_>,
                _: JObject<'_>,
            ) {
                $crate::TURN.opening();
            }
        };
    };
}
