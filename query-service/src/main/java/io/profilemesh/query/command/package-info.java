/** What this service asks of others: commands about runs, written to their topic. */
@NullMarked
package io.profilemesh.query.command;

import org.jspecify.annotations.NullMarked;
