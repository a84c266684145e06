package io.tailrace.serde;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The mapper that JSON serdes share unless they are given one, and the type they are configured with. */
final class JsonMappers {
    /** Jackson's defaults; a second document behind the first is an error, not ignored. */
    static final ObjectMapper DEFAULT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonMappers() {}

    /** From {@code json.key.type} or {@code json.value.type}. */
    static JavaType configuredType(Map<String, ?> configs, boolean isKey) {
        String name = isKey ? "json.key.type" : "json.value.type";
        Object value = configs.get(name);
        if (value == null) {
            throw new ConfigException(
                    "config '" + name + "' is missing: a JSON serde that was created by its name needs the class");
        }
        return DEFAULT.constructType(ConfigKey.classOf(name, Object.class).parse(value, configs));
    }
}
