/** JSON for what Tailrace itself stores: small, and read before anything else is ready. */
@NullMarked
package io.tailrace.common.json;

import org.jspecify.annotations.NullMarked;
