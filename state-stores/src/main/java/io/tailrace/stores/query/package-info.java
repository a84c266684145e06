/** How the stores answer queries from outside: from their read-only views, thus from committed state, on any thread. */
@NullMarked
package io.tailrace.stores.query;

import org.jspecify.annotations.NullMarked;
