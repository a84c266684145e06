package io.tailrace.cli.tools;

import io.tailrace.cli.console.CommandException;
import io.tailrace.cli.console.JsonLine;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How the bytes of a key or value are shown. The names are the values of options. */
enum Format {
    /** UTF-8; what is not shows as U+FFFD. */
    string,
    hex,
    base64,
    /** Shown as it is, as part of the object with {@code --json}. */
    json,
    /** Eight bytes, big-endian. */
    number;

    private static final JsonFactory FACTORY = new JsonFactory();

    static Format of(String option, String name) {
        return switch (name) {
            case "string" -> string;
            case "hex" -> hex;
            case "base64" -> base64;
            case "json" -> json;
            case "long" -> number;
            default ->
                throw new CommandException(
                        option + " " + name + ", expected string, hex, base64, json or long", null, 2);
        };
    }

    /** @param where names the record in errors */
    @Nullable
    Object forJson(byte @Nullable [] bytes, String where) {
        if (bytes == null) {
            return null;
        }
        return switch (this) {
            case number -> asLong(bytes, where);
            case json -> new JsonLine.Raw(checkedJson(bytes, where));
            default -> text(bytes, where);
        };
    }

    /** For people; {@code null} for null. */
    String text(byte @Nullable [] bytes, String where) {
        if (bytes == null) {
            return "null";
        }
        return switch (this) {
            case string, json -> new String(bytes, StandardCharsets.UTF_8);
            case hex -> HexFormat.of().formatHex(bytes);
            case base64 -> Base64.getEncoder().encodeToString(bytes);
            case number -> Long.toString(asLong(bytes, where));
        };
    }

    private static long asLong(byte[] bytes, String where) {
        if (bytes.length != Long.BYTES) {
            throw new CommandException(
                    where + ": " + bytes.length + " bytes, expected the 8 of a long; use another format");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    // Line breaks between tokens would break the line, so it is written anew.
    private static String checkedJson(byte[] bytes, String where) {
        StringWriter out = new StringWriter();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                int values = 0;
                int depth = 0;
                while (parser.nextToken() != null) {
                    generator.copyCurrentEventExact(parser);
                    depth += parser.currentToken().isStructStart()
                            ? 1
                            : parser.currentToken().isStructEnd() ? -1 : 0;
                    values += depth == 0 ? 1 : 0;
                }
                if (values != 1) {
                    throw new CommandException(
                            where + ": " + values + " JSON values, expected one; use another format");
                }
            }
        } catch (JacksonException e) {
            throw new CommandException(
                    where + ": not JSON (" + e.getOriginalMessage() + "); use another format",
                    e,
                    CommandException.FAILED);
        }
        return out.toString();
    }
}
