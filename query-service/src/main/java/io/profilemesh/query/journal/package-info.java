/** What is written down about requests: the audit log and the query history. */
@NullMarked
package io.profilemesh.query.journal;

import org.jspecify.annotations.NullMarked;
