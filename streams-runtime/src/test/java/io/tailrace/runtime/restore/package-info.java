@NullMarked
package io.tailrace.runtime.restore;

import org.jspecify.annotations.NullMarked;
