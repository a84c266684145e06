/** Tests of whole engines, and the rig that drives them. */
@NullMarked
package io.tailrace.runtime.engine;

import org.jspecify.annotations.NullMarked;
