/**
 * The coupler over several nodes, with everything that can be killed, cut or filled.
 *
 * <p>The nodes are namespaces of this machine ({@code tests/nodes/nodes.sh}); model writers, hook,
 * coupler and MPI on them are real processes. Enter at {@code Scenario}; each test is one scenario
 * and ends with the exact account, taken from the records in the inbox. Needs root.
 */
package org.plateau.tests.nodes;
