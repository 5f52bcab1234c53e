/** Nobody pressed anything: what fails is tried again at the next occasion. */
export async function quietly(promise) {
    try {
        return await promise;
    } catch {
        return false;
    }
}
