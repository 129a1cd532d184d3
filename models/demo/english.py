"""English sentences as a grammar: everyday and clinic talk, numbers, dates. `sentences.py` expands it.

A rule's alternatives are separated by `|`; `{name}` expands another rule. Text is lower case without
punctuation, numbers are spelled out: that is what the model writes.
"""

RULES = {
    "digit": "zero|one|two|three|four|five|six|seven|eight|nine",
    "small": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "teen": "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen",
    "tens": "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
    "number": "{small}|{small}|{teen}|{tens}|{tens} {digit19}|one hundred|{small9} hundred|{small9} hundred and {tens}|one thousand|{small9} thousand",
    "digit19": "one|two|three|four|five|six|seven|eight|nine",
    "small9": "two|three|four|five|six|seven|eight|nine",
    "phonenumber": "{digit} {digit} {digit} {digit}|{digit} {digit} {digit} {digit} {digit} {digit}|{digit} {digit} {digit}|{tens} {digit19} {tens} {digit19}",
    "ordinal": "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|twentieth|twenty first|twenty second|twenty third|thirtieth",
    "day": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "month": "january|february|march|april|may|june|july|august|september|october|november|december",
    "season": "spring|summer|autumn|winter",
    "clock": "{hourname} o'clock|half past {hourname}|quarter past {hourname}|quarter to {hourname}|{hourname} thirty|{hourname} fifteen|{hourname} forty five|{hourname} in the morning|{hourname} in the afternoon|noon|midnight",
    "hourname": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "date": "{month} {ordinal}|the {ordinal} of {month}|{day} {month} {ordinal}|next {day}|this {day}",
    "when": "today|tomorrow|tonight|now|later|soon|on {day}|next week|next month|next {day}|in the morning|in the afternoon|in the evening|at {clock}|at night|tomorrow morning|this afternoon|in {small} days|in {small} minutes|on {day} at {clock}|before {clock}|after {clock}|on {date}|as soon as possible",
    "past": "yesterday|last night|last week|last month|last year|last {day}|{small} days ago|{small} hours ago|{small} weeks ago|this morning|since {day}|on {day}",
    "howlong": "{small} days|{small} hours|{small} weeks|one week|a few days|about an hour|{small} months|{number} minutes|all day|all night|a long time",
    "howoften": "every day|every morning|every night|every {small} hours|once a day|twice a day|three times a day|once a week|every {day}|always|sometimes|before meals|after meals|with food",
    "names": "maria|john|david|anna|peter|sarah|michael|laura|daniel|emma|thomas|julia|robert|lucy|james|alice",
    "surname": "smith|garcia|brown|martin|wilson|lopez|taylor|johnson",
    "whom": "my mother|my father|my son|my daughter|my wife|my husband|my brother|my sister|my child|my baby|my grandmother|my grandfather|my friend|my uncle|my aunt|my neighbor|my boss|my cousin|the children|the patient",
    "he": "my mother|my father|my son|my daughter|my wife|my husband|my brother|my sister|my baby|my grandmother|my friend|he|she|{names}|the patient",
    "body": "head|stomach|back|neck|arm|leg|knee|foot|hand|shoulder|chest|throat|ear|eye|tooth|finger|ankle|elbow|hip|nose|mouth|heart|skin|toe|wrist",
    "ache": "headache|stomach ache|toothache|fever|cough|cold|sore throat|rash|pain in my {body}|high temperature|infection|broken {limb}|runny nose|problem with my {body}|allergy|bad cough|high fever",
    "limb": "arm|leg|finger|foot|toe|tooth|wrist|ankle",
    "illness": "diabetes|asthma|the flu|high blood pressure|an infection|a heart condition|an allergy|cancer|arthritis|pneumonia|migraines|anxiety",
    "state": "sick|tired|dizzy|better|worse|hungry|thirsty|cold|hot|weak|well|pregnant|nervous|fine|sad|happy|very tired|much better|a little better|ready|afraid|alone|lost|busy|late|worried|awake|asleep",
    "medicine": "medicine|aspirin|antibiotics|insulin|pills|tablets|syrup|vitamins|drops|painkillers|cream|bandage|vaccine|injection",
    "medic": "doctor|nurse|dentist|specialist|surgeon|pharmacist|interpreter|therapist|receptionist|midwife",
    "clinicplace": "hospital|clinic|pharmacy|emergency room|waiting room|laboratory|reception|dental office|health center|ambulance",
    "place": "{clinicplace}|{clinicplace}|{clinicplace}|airport|bank|hotel|supermarket|post office|police station|train station|bus stop|restaurant|bathroom|library|museum|market|school|church|beach|park|office|elevator|exit|entrance|parking lot|city center|subway|embassy|bakery|theater|kitchen|swimming pool|bridge",
    "vehicle": "bus|train|plane|taxi|car|boat|bicycle|subway",
    "city": "london|madrid|new york|boston|chicago|mexico|paris|barcelona|dublin|california",
    "thing": "key|phone|wallet|passport|ticket|suitcase|umbrella|jacket|laptop|camera|charger|blanket|pillow|towel|book|newspaper|map|receipt|bag|coat|shirt|watch|letter|package|battery|computer|table|chair|lamp|candle|mirror|knife|fork|spoon|plate|bottle|glass|cup|pen|pencil|notebook|backpack|hat|pair of shoes|pair of glasses|wheelchair|thermometer|prescription|insurance card|credit card|driver's license|medical report|toothbrush|soap|form",
    "food": "bread|rice|chicken|fish|soup|salad|cheese|eggs|fruit|vegetables|pasta|meat|sandwich|an apple|a banana|potatoes|tomatoes|chocolate|ice cream|cake|breakfast|lunch|dinner|sugar|salt|butter|onions|beans|oranges|grapes|carrots|garlic|honey|cookies",
    "drink": "water|coffee|tea|milk|juice|wine|beer|orange juice|a glass of water|a cup of coffee|a cup of tea|lemonade",
    "adj": "big|small|new|old|good|bad|expensive|cheap|clean|dirty|beautiful|comfortable|quiet|noisy|heavy|light|long|short|warm|broken|empty|full|different|important|dangerous|safe|easy|difficult|strong|simple|free|closed|open|perfect|terrible|delicious|fresh|wonderful|strange",
    "color": "red|blue|green|yellow|black|white|brown|orange|gray|pink|purple",
    "animal": "dog|cat|bird|horse|cow|mouse|rabbit|chicken|duck",
    "weather": "raining|snowing|cold|hot|sunny|windy|cloudy|warm|foggy",
    "job": "teacher|driver|student|farmer|engineer|lawyer|cook|waiter|nurse|doctor|mechanic|carpenter|artist|secretary|police officer|pilot|singer|writer",
    "hobby": "music|football|dancing|swimming|reading|cooking|painting|running|traveling|history|movies|chess|tennis",
    "verbdo": "read|write|sleep|walk|run|swim|drive|cook|dance|sing|work|study|rest|wait|pay|eat|breathe|see|stand up|sit down|go home|come back|go out|wake up|play|smoke|stop|start|try again|smile|help you|leave",
    "verbthing": "bring|find|buy|open|close|see|take|use|wash|clean|sell|give me|show me|keep|forget|change|check|repair|send|carry|borrow|move",
    "please": "please|please|thank you|now",
    "language": "english|spanish|french|german|italian|portuguese|arabic|chinese",
    "price": "{number} dollars|{number} euros|{number} pounds|{number} cents",
    "sentence": "{clinic}|{clinic}|{clinic}|{clinic}|{clinic}|{everyday}|{everyday}|{everyday}|{everyday}|{common}|{common}|{plain}|{plain}|{greeting}|{numeric}",
    "clinic": (
        "i have a {ache}|i have had a {ache} for {howlong}|do you have a {ache}|{he} has a {ache}|{he} has had a {ache} since {day}"
        "|i need an appointment with the {medic} {when}|can i make an appointment {when}|i would like to make an appointment with the {medic}"
        "|i need to see a {medic} {when}|where is the nearest {clinicplace}|where is the {clinicplace} please|how do i get to the {clinicplace}"
        "|my {body} hurts|my {body} hurts a lot|my {body} has been hurting for {howlong}|does your {body} hurt|i hurt my {body} {past}|i broke my {limb} {past}"
        "|i feel {state}|i feel {state} today|i don't feel {state}|do you feel {state}|{he} feels {state}|i have felt {state} for {howlong}|are you feeling {state}"
        "|i am allergic to {allergen}|are you allergic to {allergen}|{he} is allergic to {allergen}|do you have any allergies|i have {illness}|{he} has {illness}|do you have {illness}|has anyone in your family had {illness}"
        "|take this {medicine} {howoften}|take {small} {medicine} {howoften}|i take {medicine} {howoften}|how often should i take the {medicine}|do you take any {medicine}|i need my {medicine} please|do i need a prescription for the {medicine}|the {medicine} is not working"
        "|please call a {medic}|call an ambulance please|call the police|we need an ambulance {when}|this is an emergency|please help me|help me {please}|{he} needs help|{he} can not breathe|i can not {verbdo}|i can not sleep at night|i can not move my {body}"
        "|the {medic} will see you {when}|the {medic} is busy {when}|the {medic} is not here {when}|please wait here for the {medic}|please wait in the waiting room|the {medic} will call you {when}|when can i see the {medic}|is there a {medic} who speaks {language}"
        "|open your mouth please|close your eyes|breathe deeply|take a deep breath|show me where it hurts|where does it hurt|when did the pain start|how long have you been {state}|how bad is the pain|does it hurt when you {verbdo}|lie down please|please sit down|please stand up|raise your {limb} please|turn your head"
        "|your blood pressure is {level}|my blood pressure is {level}|we need a blood test {when}|the test results are {result}|the results will be ready {when}|you need an operation {when}|you need surgery|we have to do an x ray of your {body}|you have to stay in the hospital for {howlong}|you can go home {when}|come back {when}|you should drink more {drink}|you should not eat {food}|you need to rest for {howlong}|do not drink {drink} {when}"
        "|i was in the hospital {past}|the operation was {past}|i fell {past}|{he} fell and hurt the {body}|i had an accident {past}|i vomited {past}|i have been coughing for {howlong}|i lost a lot of blood|my {body} is swollen|i cut my {limb}|i burned my hand|{he} is pregnant|the baby was born {past}|{he} has an appointment {when}|my appointment is {when}|i want to cancel my appointment|can i change my appointment to {day}|my insurance card is in my bag|do you have insurance|here is my insurance card|what is your date of birth|i was born on {date}|are you pregnant|do you smoke|i don't smoke|how much do you weigh|i am the {medic}|are you the {medic}|my name is {names} and i am your {medic}"
    ),
    "allergen": "penicillin|nuts|milk|eggs|fish|cats|dogs|dust|aspirin|antibiotics|chocolate",
    "level": "normal|high|low|very high|too high|too low|a little high|good",
    "result": "normal|good|bad|negative|positive|ready|not ready yet",
    "everyday": (
        "where is the {place}|where is the nearest {place}|how do i get to the {place}|is there a {place} near here|the {place} is on the {side}|the {place} is next to the {place}|the {place} is closed {when}|the {place} opens at {clock}|how far is the {place}|i am at the {place}|let's meet at the {place} {when}|turn {side2} at the {place}|go straight ahead|it is on the {ordinal} floor|we are going to the {place} {when}"
        "|when does the {vehicle} leave|the {vehicle} leaves at {clock}|the {vehicle} to {city} leaves {when}|i missed the {vehicle}|i need a {vehicle} to the {place}|a ticket to {city} please|two tickets to {city} please|how much is a ticket to {city}|we went to {city} by {vehicle}|i live in {city}|i come from {city}|have you been to {city}|the {vehicle} is late {when}|the flight to {city} was cancelled"
        "|i lost my {thing}|i lost my {thing} {past}|have you seen my {thing}|where is my {thing}|i forgot my {thing} at the {place}|this is my {thing}|is this your {thing}|the {color} {thing} is mine|i want to buy a {thing}|i am looking for a {color} {thing}|can you {verbthing} the {thing}|please {verbthing} the {thing}|the {thing} is on the table|the {thing} is too {adj}|there is a {thing} under the bed|someone stole my {thing}|how much does the {thing} cost|the {thing} costs {price}|do you have a {adj} {thing}|i left the {thing} in the {vehicle}|put the {thing} on the {furniture}"
        "|i would like {food} please|i would like {drink} please|can i have {drink} please|do you want {drink} or {drink}|i like {food} and {food}|i don't like {food}|we need {food} and {food}|the {food} is {adj}|what would you like to eat|what would you like to drink|i ate {food} for {meal}|let's have {meal} together|can we have the bill please|a table for {small} please|breakfast is at {clock}|i am hungry and thirsty|is there any {food} left|{he} never eats {food}"
        "|it is {weather} today|it was {weather} {past}|it will be {weather} tomorrow|is it {weather} outside|what is the weather like in {city}|i like {season}|it is too {weather} to go out"
        "|what time is it|it is {clock}|what day is it today|today is {day}|tomorrow is {date}|my birthday is on {date}|see you {when}|see you on {day}|i will call you {when}|can you call me {when}|i will be there {when}|i will be back {when}|are you free {when}|what are you doing {when}|i have to {verbdo} {when}|i want to {verbdo} {when}|can you {verbdo} {when}|did you {verbdo} {past}|we should {verbdo} {when}|let me {verbdo}|i like to {verbdo}|{he} wants to {verbdo}|do not {verbdo} here|you can {verbdo} {when}|i could not {verbdo} {past}|it is time to {verbdo}"
        "|i am {state}|are you {state}|{he} is {state}|we are {state}|they are {state}|why are you {state}|i was {state} {past}|he is my {family}|she is my {family}|this is {whom}|i live with {whom}|where is {whom}|i am waiting for {whom}|say hello to {whom}|{he} works at the {place}|{he} is a {job}|i work as a {job}|my brother wants to be a {job}|{he} likes {hobby}|do you like {hobby}|i love {hobby} and {hobby}|{he} came {past}|how is {whom}|i miss {whom}"
        "|the house is {adj}|the room is {adj}|this is very {adj}|it is not {adj}|that was {adj}|the street is {adj}|my new {vehicle} is {color}|the {animal} is {color}|we have a {animal} and a {animal}|the {animal} is in the {housepart}|i have a {color} {animal}|turn on the {device} please|turn off the {device} please|the {device} does not work|can you open the {opening}|please close the {opening}|the light is {color}|there are {number} people in the {place}|my {device} is broken"
        "|do you speak {language}|i speak a little {language}|i don't speak {language}|i am learning {language}|how do you say that in {language}|i don't understand|i don't know|can you repeat that please|please speak slowly|can you write it down|what does this word mean|what is that|what happened|i have a question|that's right|that's not true|i agree with you|i am not sure|i think so|of course|no problem|wait a moment please|it doesn't matter|be careful|hurry up|come in|come here please|follow me please|let's go|i am coming|leave me alone|don't worry|don't touch that|everything is fine|what is your address|where do you live|where are you from|who is that|which one do you want|how many do you need|why not|i need help with the {thing}|may i use the {place}|how much is it|it is too expensive|can i pay by card|i want to change some money|where can i buy {food}|the water is {adj}|the door is open|i need some money|do you need anything else|that is all thank you|i can't find the {place}|nobody is at home|they never came back|we always come here|because i was {state}|if you want we can {verbdo}|maybe we can {verbdo} {when}|both of them are {state}|i have already paid|i would rather stay at home|he told me the truth|she gave me a {thing}|i heard a noise in the {housepart}|we saw a movie {past}"
    ),
    "poss": "my|your|his|her|our",
    "compar": "better|worse|bigger|smaller|colder|warmer|late|dark",
    "common": (
        "{poss} {family} is {state}|{poss} {thing} is {adj}|{poss} {body} hurts|i can not {verbdo} without help|tea without sugar please|i live with {poss} {family}|the {animal} is behind the {furniture}|the {thing} is in front of the {place}"
        "|have you ever been to {city}|have you ever had an operation|have you ever had {illness}|these {things} are {adj}|those {things} are mine|are these your {things}|where are {poss} {things}|we lived in {city} for {howlong}|we have lived here for {howlong}|it is getting {compar}|the pain is getting {compar}|this {medicine} helps me {verbdo}|two cups of {drink} please|a bottle of water please|{small} bottles of water please"
        "|what is wrong with you|who are you|where were you {past}|we were at the {place} {past}|they were {state} {past}|he does not {verbdo}|she does not {verbdo}|did they {verbdo} {past}|would you like to {verbdo} {when}|will you {verbdo} {when}|i will {verbdo} {when}|could you {verbthing} the {thing}|could you {verbdo} {when}|{he} was {state} {past}|tell me about {poss} {family}|tell me the truth|give him the {medicine}|give her a {thing}|help us please|tell them to {verbdo}|i gave it to {whom}|it is between the {place} and the {place}|we are open until {clock}|from {clock} until {clock}|more water please|less sugar please|another {thing} please|it is the same {thing}|only one please|only {small} people|first take the {medicine}|then go to the {place}|when you come bring {poss} {thing}|if it hurts call me {when}|call me back {when}|call {poss} {family} {when}|he broke his {limb} {past}|she broke her {limb} {past}|she hurt her {body}|he hurt his {body} {past}|{he} told me to {verbdo}|the {medic} told me to {verbdo}|you should not {verbdo} {when}|we all want to {verbdo}|most people like {hobby}|someone is at the door|nothing hurts|everyone is here|i also need a {thing}|i still feel {state}|i feel {state} but i can {verbdo}|it hurts when i {verbdo}|what time does the {place} open|what time does the {place} close|does the {place} open on {day}|which {vehicle} goes to the {place}|whose {thing} is this|take it off|put it on please|get up|get well soon|he got up at {clock}|i got a letter from {whom}|i am going to the {place} with {poss} {family}|i am going to {verbdo} {when}|what did you say|he said he was {state}|she says it is {adj}|do you think it is {adj}|keep the change|many people are {state}|i have so much work|{poss} name is {names}|how old are you|how old is {poss} {family}|it is far from here|it is very close|every {day} we go to the {place}|i woke up at {clock}|{names} and {names} are here"
    ),
    "noun": "water|coffee|tea|milk|soup|food|house|room|hotel|city|street|hospital|doctor|nurse|train|bus|car|plane|dog|cat|door|bed|bag|book|school|restaurant",
    "plain": (
        "the {noun} is very {adj}|the {noun} is {adj}|my {noun} is very {adj}|the {vehicle} is very slow|the {noun} is too slow|i look for a {adj} hotel|i look for the {place}|look at the {thing}|can you call the {medic} {when}|can you call {whom}|when is the {medic} appointment|do you have hot {drink2}|do you have cold {drink2}|please open my {thing}|please open the {opening}|we buy {small} {things}|we buy {small} {things} and {small} {things}|thanks goodbye|thanks and goodbye|yes i have a {noun}|i need a {medic} for {whom}|i need {drink2} for {whom}|hello i need a {medic}|i have a {noun}|i have a {ache} and {he} has a {ache}|where is my {noun}|where is the {noun}|this {noun} is very {adj}"
    ),
    "drink2": "water|coffee|tea|milk|chocolate|juice",
    "furniture": "table|floor|chair|bed|shelf|desk|wall",
    "family": "brother|sister|cousin|friend|neighbor|boss|doctor|teacher|husband|wife",
    "side": "left|right|corner|other side|second floor|ground floor|main street",
    "side2": "left|right",
    "meal": "breakfast|lunch|dinner",
    "housepart": "kitchen|garden|bedroom|bathroom|garage|house|living room|street|basement|tree",
    "device": "light|television|radio|heating|fan|phone|computer|printer|oven|refrigerator|shower|alarm",
    "opening": "door|window|gate|box|drawer|bottle",
    "greeting": "hello|good morning|good afternoon|good evening|good night|goodbye|hello how are you|how are you today|i am fine thank you|thank you very much|you are welcome|nice to meet you|my name is {names}|my name is {names} {surname}|what is your name|see you later|have a nice day|excuse me|i am sorry|yes please|no thank you|please|thanks|yes|no|good luck|happy birthday|congratulations|welcome to {city}|hello {names}|good morning doctor {surname}|hello my name is {names} and i need a {medic}|good morning i have an appointment at {clock}|hi {names} how are you|take care|goodbye and thank you|hello can you help me please|is {names} at home|can i speak to {names} please|ladies and gentlemen",
    "numeric": "my phone number is {phonenumber}|my number is {phonenumber}|call {phonenumber}|the room number is {number}|room {number} please|i am {number} years old|{he} is {number} years old|it costs {price}|that will be {price}|{number} {number} {number}|{digit} {digit} {digit}|the date is {date}|the code is {phonenumber}|i have {number} {things}|there are {number} {things} here|take the bus number {number}|we have {small} children|the temperature is {number} degrees|i weigh {number} kilos|it is {number} kilometers from here|i need {small} {things}|{day} {day} and {day}|{month} {month} and {month}|{price} please|the year has twelve months|a week has seven days|page {number}|gate {number}|the {ordinal} of {month}|{small} plus {small} is {number}",
    "things": "books|tickets|keys|bottles|boxes|chairs|beds|pills|dogs|cats|friends|questions|tables|apples|letters|rooms|houses|cars|windows|patients|people",
}

AMBIGUOUS = "to two for four no know hour our week weak right write eye i a an by buy see there one's o'clock x ray and"
"""Words that sound like another word: spoken only where the sentence tells them apart."""

VOICES = "en-us en en-gb-x-rp"
