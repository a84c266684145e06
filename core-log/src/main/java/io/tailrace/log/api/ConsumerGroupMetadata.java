package io.tailrace.log.api;

import java.util.Optional;

/**
 * Who commits offsets for a group: what a transactional producer needs to commit them in a member's name.
 *
 * @param generationId of the group's assignment that the member has followed last, {@link #UNKNOWN_GENERATION_ID} when it has
 *     followed none
 * @param memberId {@link #UNKNOWN_MEMBER_ID} for somebody who is not a member
 * @param groupInstanceId of a static member
 */
public record ConsumerGroupMetadata(
        String groupId, int generationId, String memberId, Optional<String> groupInstanceId) {

    public static final int UNKNOWN_GENERATION_ID = -1;
    public static final String UNKNOWN_MEMBER_ID = "";

    /** Somebody who is not a member, and is heard while the group has none. */
    public ConsumerGroupMetadata(String groupId) {
        this(groupId, UNKNOWN_GENERATION_ID, UNKNOWN_MEMBER_ID, Optional.empty());
    }
}
