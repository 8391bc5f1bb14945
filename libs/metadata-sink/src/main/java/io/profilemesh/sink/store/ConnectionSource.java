package io.profilemesh.sink.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to the metadata tables come from; whoever gets one closes it. */
@FunctionalInterface
public interface ConnectionSource {

  Connection open() throws SQLException;
}
