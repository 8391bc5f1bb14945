/** The command line {@code profilemesh}: parse, call REST or Kafka, print. */
@NullMarked
package io.profilemesh.cli;

import org.jspecify.annotations.NullMarked;
