package io.tailrace.runtime.metadata;

import io.tailrace.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where an application can be reached, as its config {@code application.server} says.
 *
 * @param port 0 to 65535, or -1 when it is not known
 */
public record HostInfo(String host, int port) {
    private static final HostInfo UNAVAILABLE = new HostInfo("unavailable", -1);

    /** No host. */
    public static HostInfo unavailable() {
        return UNAVAILABLE;
    }

    /**
     * @param endpoint {@code host:port}
     * @return null when the endpoint is null or blank
     * @throws ConfigException when it is something else
     */
    public static @Nullable HostInfo buildFromEndpoint(@Nullable String endpoint) {
        if (endpoint == null || endpoint.isBlank()) {
            return null;
        }
        int colon = endpoint.lastIndexOf(':');
        try {
            if (colon > 0) {
                int port = Integer.parseInt(endpoint.substring(colon + 1));
                if (port >= 0 && port <= 0xffff) {
                    return new HostInfo(endpoint.substring(0, colon), port);
                }
            }
        } catch (NumberFormatException e) {
            throw malformed(endpoint, e);
        }
        throw malformed(endpoint, null);
    }

    private static ConfigException malformed(String endpoint, @Nullable NumberFormatException cause) {
        ConfigException failure =
                new ConfigException("endpoint '" + endpoint + "': expected host:port, such as localhost:8080");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
