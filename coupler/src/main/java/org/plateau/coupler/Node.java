package org.plateau.coupler;

import com.fasterxml.jackson.databind.JsonNode;
import org.plateau.message.RecordView;

/** What a {@link Link} may ask and tell of its own node; safe to call from the link's thread. */
public interface Node {
    /** Whether the model is to stop, as far as this node knows. */
    boolean stopRequested();

    /** Tells the node what the sink knows of the stop. */
    void requestStop(boolean stop);

    /** Whether the end of the run has been announced on this node. */
    boolean finishing();

    /** Announces the end of the run on this node. */
    void finish();

    /** Notes, once, that the coupler of every node has its session and is in touch. */
    void allHere();

    /** Whether every ring is empty and gone. */
    boolean drained();

    /** The account of this node, once it is drained. */
    String account();

    /** Notes a record of another node that stands in this node's queue at that index. */
    void relayed(RecordView record, long index);

    /** Lets go now and then of all in the queue that only this node's accounts still hold. */
    void makeRoom();

    /** Keeps the account of a node, {@code coupler-<host>.json}. */
    void keepAccount(String account);

    /** The account as JSON, for what it says of its host. */
    static String hostOf(JsonNode account) {
        return account.path("host").asText("unknown");
    }
}
