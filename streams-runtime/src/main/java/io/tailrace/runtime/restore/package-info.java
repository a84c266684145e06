/**
 * Replays changelogs into stores before their task starts: from the offset that a store committed last, or from the
 * beginning, up to the log end.
 */
@NullMarked
package io.tailrace.runtime.restore;

import org.jspecify.annotations.NullMarked;
