/**
 * What a person can do at a library. Only a virtual library lets a program do
 * it.
 *
 * @module
 */

/** The hands of the person at a virtual library. */
export interface Hands {
  /**
   * Puts a cartridge into an empty port or slot. A bar code that was here
   * before brings that cartridge back, with what is on it.
   *
   * @throws {RangeError} When there is no such element, or it is full.
   */
  insert(elementAddress: number, barCode: string): Promise<void>;
  /** Takes the cartridge out of an element; its bar code, null where there was none. */
  remove(elementAddress: number): Promise<string | null>;
  /**
   * Opens or closes the door.
   *
   * @throws {NtmsError} ERROR_INVALID_STATE while the door is locked.
   */
  setDoor(open: boolean): Promise<void>;
}
