"""What is typed in the typing test. Ours, written for this: letters and mail as a secretary meets them."""

PASSAGES = (
    "Thank you for your letter of the third of May. We have put the meeting with Mrs Harrow into the "
    "diary for Thursday at half past ten, and she has been told that the room on the second floor is "
    "free until noon. If the papers reach us by Wednesday evening, they will be copied and laid out "
    "before anybody arrives. Would you let us know whether coffee is wanted, and for how many? The lift "
    "is being mended that week, so guests who do not like stairs are shown the side door in Mill Lane, "
    "where somebody will wait for them.",
    "The caller rang at 9:40 and would not give her name at first. She said that the delivery of 12 "
    "boxes had come on Monday, that two of them were wet, and that the driver had left before she could "
    "tell him. She asks to be rung back on her mobile, not at the office, and at the latest by five "
    "o'clock today. I read the number back to her twice. She was calm and friendly; all she wants is to "
    "hear when the new boxes will be sent, and who will fetch the old ones. The order number is on the "
    "note beside your door.",
    "Here are the minutes of our last meeting, as they were read out. You will see that the third point "
    "was moved to the autumn, because the figures for the first half of the year were not yet complete. "
    "Mr Lindqvist has offered to bring them in September, together with a short comparison of both "
    "offers. Until then everything stays as it was agreed in March: the smaller hall is kept free on "
    "Fridays, the keys lie at the front desk, and whoever leaves last turns down the heating and writes "
    "the time into the book.",
    "We are sorry that nobody came on Tuesday. The fitter had your street down as Lime Walk, and there are "
    "two of that name in the town. He has now been given the right one, with the red gate and the number "
    "on the wall, and will ring the bell on Friday between eight and ten. If that does not suit you, please "
    "tell us by Thursday noon, and we will look for another day. You will not be charged for the first "
    "visit, and the part that was ordered is kept for you in our store.",
    "Flight 214 leaves at 7:25 from the north hall, so the car is booked for ten past five. Your seat is "
    "16C, on the aisle as you like it. In the evening a table is laid for six in the hotel, under the name "
    "of the firm, and Mrs Adair has been told that one guest eats no fish. The morning after, the first "
    "talk begins at nine; the hall is four minutes away on foot. All tickets, and a plan of the town, lie "
    "in the blue folder, and a copy of each was sent to your telephone.",
    "Before the board meets, three things are still to be done. The report on the new roof has come back "
    "with two questions, which only the builder can answer; he was asked on Monday and again this morning. "
    "The list of those who cannot come is with the chair. And the small hall needs eleven more chairs, "
    "because the school has lent out its own. I have asked the caretaker of the church next door, who "
    "will lend us twelve if they are back by seven, and would like them wiped.",
    "Please tell the printer that the cards may go ahead with these changes: the street is written with a "
    "small letter after the dash, the telephone number loses its brackets, and the line in grey under the "
    "name goes. We need 250 of them by the twentieth, on the heavier paper that he showed us in spring, "
    "and a further 50 with nothing but the name. The bill goes to the head office, not to us, with the "
    "order number 4471 on it, or it will lie there until somebody asks.",
    "A parcel came at noon for Dr Fenwick, who is away until the ninth. It is marked to be kept cold, so I "
    "have put it into the fridge on the first floor and left a note on her door. The sender, a firm in "
    "Leeds, was rung; they say that it keeps for a week at the most, and that they would rather send "
    "another than have this one used late. Would you ask her, when she rings in tonight, whether she wants "
    "it sent on to her, opened by her assistant, or thrown away?",
    "The new rules for the car park begin on the first of June. Whoever comes by car before eight finds a "
    "place in the yard as before; after that the yard is kept for visitors, and for the van that brings "
    "the bread. Bicycles go behind the kitchen, where there is now a roof, and a key for the gate can be "
    "had from me against a signature. Nobody is to park in front of the blue doors, not even for a minute: "
    "the fire brigade has measured, and its ladder needs all of that space.",
    "Mr Osei would like to put off the hearing of the fourteenth, as his witness is in hospital until the "
    "end of the month. The court asks for two other days, in writing, by Wednesday, and a line from the "
    "hospital. The third and the sixth of next month are free in your diary and in his; on the fourth the "
    "judge is away. I have written the letter so that it can leave today once you have read it, and have "
    "kept both days for you in pencil until we hear.",
)
