/** The session store of bytes on an ordered byte store; a session's time is its end. */
@NullMarked
package io.tailrace.stores.session;

import org.jspecify.annotations.NullMarked;
