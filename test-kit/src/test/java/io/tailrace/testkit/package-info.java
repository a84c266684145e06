/** Tests of the test kit. */
@NullMarked
package io.tailrace.testkit;

import org.jspecify.annotations.NullMarked;
