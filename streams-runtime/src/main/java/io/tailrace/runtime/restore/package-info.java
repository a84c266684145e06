/**
 * Replays changelogs into stores before their task starts: from the offset that a store committed last, or from the
 * beginning, up to the log end. {@link io.tailrace.runtime.restore.RestorePool} does it for all workers, several stores at a time.
 */
@NullMarked
package io.tailrace.runtime.restore;

import org.jspecify.annotations.NullMarked;
