/** Benchmarks of the coupler, in its package because its roles are not public. */
package org.plateau.coupler;
