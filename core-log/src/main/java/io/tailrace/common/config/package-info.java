/**
 * Configuration as typed, documented keys: a {@link io.tailrace.common.config.ConfigKey} says what one value is, a {@link
 * io.tailrace.common.config.ConfigSchema} which keys there are, and parsing a map against it gives immutable {@link
 * io.tailrace.common.config.ConfigValues} or an error that names the key, what was found and what is expected.
 */
@NullMarked
package io.tailrace.common.config;

import org.jspecify.annotations.NullMarked;
